package ml.keneya.views.table;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;
import static ml.keneya.test.Records.weightOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import ml.keneya.operations.postgresql.PostgresqlConnection;
import ml.keneya.store.RecordWriter;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.test.Postgres;
import ml.keneya.views.definition.CompilesViews;
import ml.keneya.views.definition.Identifying;
import ml.keneya.views.definition.ViewColumn;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a data manager sees who may read what is pseudonymised, and one who may read names. */
@KeneyaIntegrationTest
class ReadersIT {

    @Autowired
    RecordWriter writer;

    @Autowired
    CompilesViews compiler;

    @Test
    void showsTheAnalystNoNameAndNoId() throws SQLException {
        String number = unique("record");
        Patient child = aChild(number);
        child.getNameFirstRep().setFamily(number);
        String id = writer.write(child).getIdPart();
        JdbcClient analyst = memberOf(ReaderView.ANALYST_ROLE);

        List<String> columns = analyst.sql("""
                        select column_name from information_schema.columns
                        where table_schema = 'pseudonymised' and table_name = 'patient'
                        """).query(String.class).list();

        assertThat(columns)
                .contains("id", "sex", "birth_date")
                .doesNotContain("family_name", "given_names", "nina", "telephone", "residence_status", "updated_at");
        assertThat(analyst.sql("select count(*) from pseudonymised.patient where id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(analyst.sql(
                                "select distinct length(birth_date) from pseudonymised.patient where birth_date is not null")
                        .query(Integer.class)
                        .list())
                .isSubsetOf(4, 7);
    }

    @Test
    void letsTheAnalystJoinByPseudonyms() throws SQLException {
        String child = writer.write(aChild(unique("record"))).getIdPart();
        BigDecimal kilograms = aWeightOfNobodyElse();
        writer.write(weightOf("Patient/" + child, kilograms.toString()));

        Map<String, Object> row = memberOf(ReaderView.ANALYST_ROLE)
                .sql("""
                        select patient.sex, observation.value from pseudonymised.observation
                        join pseudonymised.patient on patient.id = observation.patient_id
                        where observation.value = ?
                        """)
                .param(kilograms)
                .query()
                .singleRow();

        assertThat(row).containsEntry("sex", "female");
    }

    @Test
    void leavesSensitiveRecordsOutForTheAnalystOnly() throws SQLException {
        BigDecimal kilograms = aWeightOfNobodyElse();
        String child = writer.write(aChild(unique("record"))).getIdPart();
        Observation hiv = weightOf("Patient/" + child, kilograms.toString());
        hiv.getMeta()
                .addSecurity(new Coding()
                        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
                        .setCode("HIV"));
        writer.write(hiv);

        assertThat(countOf("pseudonymised", kilograms)).isZero();
        assertThat(countOf("identified", kilograms)).isOne();
    }

    /** Decision 0076: whoever forgot the label, the code is enough. */
    @Test
    void leavesOutWhatACodeMakesSensitive() throws SQLException {
        BigDecimal load = aWeightOfNobodyElse();
        String child = writer.write(aChild(unique("record"))).getIdPart();
        Observation unlabelled = weightOf("Patient/" + child, load.toString());
        // HIV 1 RNA, the viral load.
        unlabelled.getCode().getCodingFirstRep().setCode("20447-9");
        writer.write(unlabelled);

        assertThat(countOf("pseudonymised", load)).isZero();
        assertThat(countOf("identified", load)).isOne();
    }

    private static long countOf(String schema, BigDecimal value) throws SQLException {
        return memberOf(schema.equals("identified") ? ReaderView.IDENTIFIED_ROLE : ReaderView.ANALYST_ROLE)
                .sql("select count(*) from " + schema + ".observation where value = ?")
                .param(value)
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from identified.patient",
                "select * from keneya.pseudonym_key",
                "select * from keneya.receipt",
                "select * from public.hfj_res_ver",
                "select * from keneya_view.patient_1",
                "create table pseudonymised.mine (a text)",
            })
    void letsTheAnalystDoNothingElse(String statement) throws SQLException {
        JdbcClient analyst = memberOf(ReaderView.ANALYST_ROLE);

        assertThatThrownBy(() -> analyst.sql(statement).update()).hasStackTraceContaining("permission denied");
    }

    /** A column that somebody adds to a definition and says nothing about. */
    @Test
    void keepsAColumnThatNobodyJudgedFromTheAnalyst() {
        ViewColumn silent = compiled("{\"name\":\"nickname\",\"path\":\"name.text.first()\"}");
        ViewColumn judged = compiled("""
                {"name":"nickname","path":"name.text.first()","tag":[{"name":"keneya/identifying","value":"no"}]}""");

        assertThat(silent.identifying()).isEqualTo(Identifying.OMIT);
        assertThat(judged.identifying()).isEqualTo(Identifying.NO);
    }

    private ViewColumn compiled(String column) {
        return compiler.compile("""
                        {"resourceType":"ViewDefinition","name":"nicknames","status":"active","resource":"Patient",
                         "select":[{"column":[%s]}]}""".formatted(column)).columns().get(0);
    }

    @Test
    void explainsViewsAndColumnsInFrench() throws SQLException {
        JdbcClient analyst = memberOf(ReaderView.ANALYST_ROLE);

        assertThat(analyst.sql("select obj_description('pseudonymised.patient'::regclass)")
                        .query(String.class)
                        .single())
                .isEqualTo("Une ligne par personne enregistrée.");
        assertThat(analyst.sql("""
                        select attname from pg_attribute where attrelid = 'pseudonymised.encounter'::regclass
                          and attnum > 0 and col_description(attrelid, attnum) is null
                        """).query(String.class).list()).isEmpty();
    }

    private static BigDecimal aWeightOfNobodyElse() {
        return BigDecimal.valueOf(7_000_000_000L + ThreadLocalRandom.current().nextLong(1_000_000_000L), 9);
    }

    /** A fresh login that is a member of the role and of nothing else. */
    static JdbcClient memberOf(String role) throws SQLException {
        String login = "reader_" + unique("x").substring(2, 10);
        PostgresqlConnection administrator = Postgres.administrator();
        try (Connection connection = administrator.open();
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + login + " login password 'reader' in role " + role);
        }
        return JdbcClient.create(new DriverManagerDataSource(Postgres.url(), login, "reader"));
    }
}
