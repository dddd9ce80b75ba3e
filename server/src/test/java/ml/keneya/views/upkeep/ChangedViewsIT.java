package ml.keneya.views.upkeep;

import static ml.keneya.test.Exchange.unique;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.definition.CompilesViews;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** As it is when an upgrade brings another definition of a view. Only a view of tests changes. */
@KeneyaIntegrationTest
class ChangedViewsIT {

    private static final String LAST_COLUMN = "\"description\":\"Le seul code.\"}";

    @Autowired
    OwnerDatabase owner;

    @Autowired
    Definitions definitions;

    @Autowired
    CompilesViews compiler;

    @Autowired
    RegistersViews registers;

    @Autowired
    BringsViewsUpToDate builder;

    @Autowired
    ViewLocks locks;

    @Autowired
    Exchange exchange;

    @BeforeEach
    void allViewsAreServed() {
        builder.run();
    }

    @AfterEach
    void bringsTheDefinitionBack() {
        registers.register(definitions.all());
        KeptViews.eventually(() -> builder.run() && isServed("code"));
    }

    @Test
    @DisplayName("Whoever had built upon a view had to drop it before an upgrade that only added columns")
    void keepsWhatReadersBuiltUponAViewThatGetsAnotherColumn() {
        String mine = "mine_" + unique("x").substring(2, 10);
        owner.jdbc()
                .sql("create view public." + mine + " as select count(*) as records from identified.fragile")
                .update();
        try {
            change();

            KeptViews.eventually(() -> builder.run() && isServed("added"));

            assertThat(owner.jdbc()
                            .sql("select records from public." + mine)
                            .query(Long.class)
                            .single())
                    .isNotNegative();
        } finally {
            owner.jdbc().sql("drop view public." + mine).update();
        }
    }

    @Test
    @DisplayName("While views were built after an upgrade, whoever asked for a figure was told of an internal error")
    void asksWhoeverCountsToComeBackWhileAViewIsBuilt() throws SQLException {
        String figures = "Measure/ml-epi-doses/$evaluate-measure?week=2009-W12";
        try (Connection connection = owner.source().getConnection()) {
            JdbcClient alone = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            // So that nobody else builds meanwhile.
            KeptViews.eventually(() -> locks.tryBuilding(alone));
            owner.jdbc()
                    .sql("alter view identified.address rename to address_to_come")
                    .update();
            exchange.get(figures).isRefused(500, "ML-FHIR-099");

            change();

            exchange.get(figures).asksToComeBack();
            locks.stopBuilding(alone);
        } finally {
            owner.jdbc()
                    .sql("alter view if exists identified.address_to_come rename to address")
                    .update();
        }
        exchange.get(figures).hasStatus(200);
    }

    /** As one from an operator's folder (decision 0102). */
    @Test
    void fillsTheTableOfANewViewKeepsItAndWithdrawsItWithItsFile() {
        String name = "own_" + unique("x").substring(2, 10);
        String before = exchange.create(new Basic().setCode(new CodeableConcept(new Coding("urn:a", "old", null))))
                .hasStatus(201)
                .as(Basic.class)
                .getIdPart();

        registers.register(Stream.concat(definitions.all().stream(), Stream.of(compiler.compile("""
                        {"resourceType":"ViewDefinition","name":"%s","status":"active","resource":"Basic",
                         "select":[{"column":[{"name":"id","path":"getResourceKey()","type":"string"},
                           {"name":"said","path":"code.coding.code.first()","type":"code",
                            "tag":[{"name":"keneya/identifying","value":"no"}]}]}]}""".formatted(name))))
                .toList());
        KeptViews.eventually(
                () -> builder.run() && columnsOf("identified", name).contains("said"));
        String after = exchange.create(new Basic().setCode(new CodeableConcept(new Coding("urn:a", "new", null))))
                .hasStatus(201)
                .as(Basic.class)
                .getIdPart();

        assertThat(said(name, before)).containsExactly("old");
        assertThat(said(name, after)).containsExactly("new");
        assertThat(columnsOf("pseudonymised", name)).containsExactly("said");

        registers.register(definitions.all());
        KeptViews.eventually(
                () -> builder.run() && columnsOf("identified", name).isEmpty());
        exchange.delete("Basic/" + after).hasStatus(200);
    }

    private List<String> said(String view, String id) {
        return owner.jdbc()
                .sql("select said from identified." + view + " where id = ?")
                .param(id)
                .query(String.class)
                .list();
    }

    private List<String> columnsOf(String schema, String view) {
        return owner.jdbc()
                .sql("select column_name from information_schema.columns"
                        + " where table_schema = ? and table_name = ? order by ordinal_position")
                .params(schema, view)
                .query(String.class)
                .list();
    }

    private void change() {
        registers.register(definitions.all().stream()
                .map(view -> view.name().equals("fragile") ? withAnotherColumn(view) : view)
                .toList());
    }

    private CompiledView withAnotherColumn(CompiledView view) {
        assertThat(view.source()).contains(LAST_COLUMN);
        return compiler.compile(view.source()
                .replace(
                        LAST_COLUMN,
                        LAST_COLUMN + ", {\"name\": \"added\", \"path\": \"getResourceKey()\", "
                                + "\"type\": \"string\", \"description\": \"Encore.\"}"));
    }

    /** Whether that is its last column. */
    private boolean isServed(String column) {
        return owner.jdbc().sql("""
                        select column_name from information_schema.columns
                        where table_schema = 'identified' and table_name = 'fragile' order by ordinal_position desc limit 1
                        """).query(String.class).list().equals(List.of(column));
    }
}
