package ml.keneya.surveillance;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Runs the statements of indicators and lists: one statement each, however many places there are. */
@Component
class CountsFigures {

    private static final Set<String> WHERE_AND_WHAT = Set.of("group_code", "place");

    private final JdbcClient jdbc;

    CountsFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Figures count(Indicator indicator, Scope scope) {
        return count(indicator.sql(), scope);
    }

    Figures count(String sql, Scope scope) {
        return statement(sql, scope).query(results -> {
            List<String> strata = new ArrayList<>();
            Set<String> counted = new LinkedHashSet<>();
            ResultSetMetaData columns = results.getMetaData();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                String name = columns.getColumnLabel(column);
                if (columns.getColumnType(column) == Types.BIGINT) {
                    counted.add(name);
                } else if (!WHERE_AND_WHAT.contains(name)) {
                    strata.add(name);
                }
            }
            List<Figure> rows = new ArrayList<>();
            while (results.next()) {
                rows.add(read(results, strata, counted));
            }
            return new Figures(strata, counted, rows);
        });
    }

    /** The rows of a list, the names of its columns first. */
    List<List<@Nullable String>> list(String name, Scope scope) {
        return rows(Statements.read("lists/" + name + ".sql"), scope);
    }

    /** The rows of a statement, the names of its columns first. */
    List<List<@Nullable String>> rows(String sql, Scope scope) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        return statement(sql, scope).query(results -> {
            ResultSetMetaData columns = results.getMetaData();
            List<@Nullable String> names = new ArrayList<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                names.add(columns.getColumnLabel(column));
            }
            rows.add(names);
            while (results.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int column = 1; column <= names.size(); column++) {
                    row.add(results.getString(column));
                }
                rows.add(row);
            }
            return rows;
        });
    }

    private StatementSpec statement(String sql, Scope scope) {
        return jdbc.sql(sql)
                .param("division", scope.place().division())
                .param("subject", scope.place().code())
                .param("level", scope.level(), Types.VARCHAR)
                .param("start", scope.start())
                .param("end", scope.end());
    }

    private static Figure read(ResultSet row, List<String> strata, Set<String> counted) throws SQLException {
        Map<String, String> told = new LinkedHashMap<>();
        for (String stratum : strata) {
            told.put(stratum, row.getString(stratum));
        }
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String column : counted) {
            counts.put(column, row.getLong(column));
        }
        return new Figure(row.getString("group_code"), row.getString("place"), told, counts);
    }
}
