package ml.keneya.store;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The triggers themselves, each time in a transaction that is taken back. */
@KeneyaIntegrationTest
class TimesOfVersionsIT {

    @Autowired
    Exchange exchange;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    @DisplayName("R4: a database whose functions are of another version of the exchange gets those of this one")
    void r4_replacesFunctionsOfAnotherText() {
        String now = "select prosrc from pg_proc where proname = 'keneya_later_than_version_before'";

        String[] texts = takenBack(connection -> {
            execute(connection, """
                    create or replace function keneya_later_than_version_before() returns trigger language plpgsql
                    as $$ begin return new; end $$
                    """);
            TimesOfVersions.keepGrowing(connection);
            String left = text(connection, now);
            execute(connection, "comment on function keneya_later_than_version_before() is 'of before'");
            TimesOfVersions.keepGrowing(connection);
            String replaced = text(connection, now);
            return new String[] {left, replaced};
        });

        assertThat(texts[0]).as("nothing is replaced at each start").doesNotContain("hfj_res_ver");
        assertThat(texts[1]).isEqualTo(jdbc.queryForObject(now, String.class)).contains("hfj_res_ver");
    }

    @Test
    @DisplayName("R4: times grow also for who names no schema to look in, as a restore of rows alone does")
    void r4_findsTheVersionsWithoutASearchPath() {
        String id = exchange.create(aChild(unique("record")))
                .hasStatus(201)
                .as(Patient.class)
                .getIdPart();

        String later = takenBack(connection -> {
            String first = text(connection, """
                    select version.pid from hfj_res_ver version join hfj_resource using (res_id) where fhir_id = '%s'
                    """.formatted(id));
            execute(
                    connection,
                    "create temporary table added on commit drop as select * from hfj_res_ver where pid = " + first);
            execute(connection, """
                    update added set pid = -pid, res_ver = 2, res_updated = res_updated - interval '1 hour'
                    """);
            String schema = text(connection, "select current_schema()");
            execute(connection, "set local search_path to ''");
            execute(connection, "insert into %s.hfj_res_ver select * from pg_temp.added".formatted(schema));
            return text(connection, """
                    select later.res_updated > before.res_updated
                    from %1$s.hfj_res_ver later join %1$s.hfj_res_ver before on before.pid = -later.pid
                    where before.pid = %2$s
                    """.formatted(schema, first));
        });

        assertThat(later).isEqualTo("t");
    }

    private <T> T takenBack(ConnectionCallback<T> work) {
        return jdbc.execute((Connection connection) -> {
            connection.setAutoCommit(false);
            try {
                return work.doInConnection(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static String text(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
