package ml.keneya.views.upkeep;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Notes every statement that goes to the connection of the open transaction. */
final class CountedStatements extends AbstractDataSource {

    private final DataSource source;
    private final List<String> statements;

    private CountedStatements(DataSource source, List<String> statements) {
        this.source = source;
        this.statements = statements;
    }

    static JdbcClient through(DataSource source, List<String> statements) {
        return JdbcClient.create(new CountedStatements(source, statements));
    }

    @Override
    public Connection getConnection() {
        Connection open = DataSourceUtils.getConnection(source);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add((String) arguments[0]);
                    }
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(open, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException();
    }
}
