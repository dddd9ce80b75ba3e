package ml.keneya.views.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import ml.keneya.views.table.RecordRows;
import ml.keneya.views.upkeep.TableEntry.State;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tests ask of the tables. */
final class KeptViews {

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final RegistersViews registers;
    private final VerifiesTables verifies;

    KeptViews(ApplicationContext server) {
        this.jdbc = server.getBean(JdbcClient.class);
        this.catalogue = server.getBean(Catalogue.class);
        this.registers = server.getBean(RegistersViews.class);
        this.verifies = server.getBean(VerifiesTables.class);
    }

    MaintainedView active(String view) {
        return catalogue.active(jdbc, view).orElseThrow();
    }

    /** The rows of a record, each as its cells in the order of the named columns. */
    List<List<Object>> rows(String view, String id, String... columns) {
        MaintainedView kept = active(view);
        List<String> names =
                kept.view().columns().stream().map(column -> column.name()).toList();
        return kept.table().rowsOf(jdbc, List.of(id)).stream()
                .flatMap(record -> record.rows().stream())
                .map(row -> Arrays.stream(columns)
                        .map(column -> row[names.indexOf(column)])
                        .toList())
                .toList();
    }

    RecordRows record(String view, String id) {
        return records(view, id).get(0);
    }

    /** One with rows or none. */
    List<RecordRows> records(String view, String id) {
        return active(view).table().rowsOf(jdbc, List.of(id));
    }

    List<String> failures(String view, String id) {
        return jdbc.sql("select code from keneya.view_failure where table_name = ? and resource_id = ?")
                .param(active(view).tableName())
                .param(id)
                .query(String.class)
                .list();
    }

    /** Begins a fresh table for the view. */
    MaintainedView beginAnew(String view) {
        registers.rebuild(active(view).view());
        TableEntry begun = catalogue.inState(jdbc, State.BUILDING).stream()
                .filter(entry -> entry.viewName().equals(view))
                .findFirst()
                .orElseThrow();
        return catalogue.compiled(jdbc, begun.tableName());
    }

    State stateOf(MaintainedView target) {
        return catalogue.all(jdbc).stream()
                .filter(entry -> entry.tableName().equals(target.tableName()))
                .findFirst()
                .orElseThrow()
                .state();
    }

    void areExact(String... views) {
        for (String view : views) {
            Verification found = verifies.verify(active(view));
            assertThat(found.records()).as("records behind view %s", view).isPositive();
            assertThat(found.differences())
                    .as("records whose rows in view %s differ: %s", view, found.examples())
                    .isZero();
        }
    }

    /** Tries until it succeeds; what the server's own thread is doing meanwhile may be in the way for a moment. */
    static void eventually(BooleanSupplier attempt) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!attempt.getAsBoolean()) {
            assertThat(System.nanoTime()).as("a minute is over").isLessThan(deadline);
        }
    }
}
