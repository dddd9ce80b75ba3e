package ml.keneya.test;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Notes what goes to the database on behalf of requests, whoever sends it: Hibernate, HAPI or we. Beneath the pool, so
 * that the pool stays what it is. A batch of a statement counts once, as it travels.
 */
public final class CountsStatements implements BeanPostProcessor {

    /** What tests lock that count while another class runs, which sends requests to the same server. */
    public static final String COUNTED = "statements of the one server";

    /** The container's threads; what works in the background has others. */
    private static final List<String> REQUESTS = List.of("http-nio-", "tomcat-handler-");

    /** Fair, so that a test that counts all the time lets others have their turn. */
    private static final ReentrantLock counting = new ReentrantLock(true);

    private static volatile @Nullable List<String> noted;

    /** The statements of the requests that are made meanwhile. */
    public static List<String> during(Runnable requests) {
        List<String> statements = new CopyOnWriteArrayList<>();
        counting.lock();
        noted = statements;
        try {
            requests.run();
        } finally {
            noted = null;
            counting.unlock();
        }
        return List.copyOf(statements);
    }

    /** A request of somebody else, which waits until nobody counts. */
    static void uncounted(Callable<?> request) throws Exception {
        counting.lock();
        try {
            request.call();
        } finally {
            counting.unlock();
        }
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && name.equals("dataSource")) {
            String url = pool.getJdbcUrl();
            pool.setDataSource(new Noting(url));
        }
        return bean;
    }

    private static void note(@Nullable String sql) {
        List<String> statements = noted;
        String thread = Thread.currentThread().getName();
        if (statements != null && REQUESTS.stream().anyMatch(thread::startsWith)) {
            statements.add(String.valueOf(sql));
        }
    }

    private static final class Noting extends AbstractDataSource {

        private final String url;

        Noting(String url) {
            this.url = url;
        }

        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("The pool names a user.");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            Connection real = DriverManager.getConnection(url, username, password);
            return proxy(Connection.class, (method, arguments) -> {
                Object result = call(real, method, arguments);
                String sql =
                        arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : null;
                if (result instanceof CallableStatement statement) {
                    return noting(CallableStatement.class, statement, sql);
                }
                if (result instanceof PreparedStatement statement) {
                    return noting(PreparedStatement.class, statement, sql);
                }
                return result instanceof Statement statement ? noting(Statement.class, statement, null) : result;
            });
        }

        private static <T extends Statement> T noting(Class<T> type, T statement, @Nullable String prepared) {
            return proxy(type, (method, arguments) -> {
                if (method.getName().startsWith("execute")) {
                    note(arguments != null && arguments[0] instanceof String sql ? sql : prepared);
                }
                return call(statement, method, arguments);
            });
        }

        private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
                throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }

        private static <T> T proxy(Class<T> type, Calls calls) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> calls.answer(method, arguments);
                    }));
        }
    }

    @FunctionalInterface
    private interface Calls {

        @Nullable
        Object answer(Method method, Object @Nullable [] arguments) throws Throwable;
    }
}
