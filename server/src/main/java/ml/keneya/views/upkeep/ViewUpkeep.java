package ml.keneya.views.upkeep;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import ml.keneya.views.definition.CompiledView;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an operator asks about the tables and has done to them. */
@Component
public class ViewUpkeep {

    private final JdbcClient jdbc;
    private final Catalogue catalogue;
    private final StartsViews starts;
    private final VerifiesTables verifies;

    ViewUpkeep(JdbcClient jdbc, Catalogue catalogue, StartsViews starts, VerifiesTables verifies) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
        this.starts = starts;
        this.verifies = verifies;
    }

    /**
     * One table of a view; while one is being built, the view has two.
     *
     * @param state BUILDING, ACTIVE or RETIRED
     * @param copied how many records have been copied while it was built
     * @param expected how many there were when building began
     * @param unfit how many records do not fit the definition and have no rows
     * @param activated since when it is served
     */
    public record TableStatus(
            String view,
            String table,
            String state,
            long copied,
            long expected,
            long unfit,
            OffsetDateTime started,
            @Nullable OffsetDateTime activated) {}

    /** By name of the view, the older table first. */
    public List<TableStatus> status() {
        return jdbc.sql("""
                        select view_name as view, table_name as table, state, records_done as copied,
                               records_expected as expected,
                               (select count(*) from keneya.view_failure where table_name = kept.table_name) as unfit,
                               started_at as started, activated_at as activated
                        from keneya.view_table kept order by view_name, started_at
                        """).query(TableStatus.class).list();
    }

    /** Begins a fresh table in the background; the present one serves until the fresh one is complete. */
    public void rebuild(CompiledView view) {
        starts.rebuild(view);
    }

    /** Makes rows of the view afresh and compares; nothing when the view is not served yet. */
    public Optional<Verification> verify(CompiledView view, HowMany wanted) {
        return catalogue.active(jdbc, view.name()).map(target -> verifies.verify(target, wanted));
    }
}
