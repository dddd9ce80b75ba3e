package ml.keneya.views.upkeep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.CompilesViews;
import ml.keneya.views.upkeep.TableEntry.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which tables there are. It stands in the database, because several processes, perhaps of different versions, write to
 * the same tables: each keeps those that are named here, by the definition that is kept here.
 */
@Component
class Catalogue {

    private final CompilesViews compiler;

    /** A number in the name of a table is never used again, so what was compiled for a name stays right. */
    private final Map<String, MaintainedView> compiled = new ConcurrentHashMap<>();

    Catalogue(CompilesViews compiler) {
        this.compiler = compiler;
    }

    List<TableEntry> all(JdbcClient on) {
        return on.sql("select * from keneya.view_table order by view_name, started_at")
                .query(TableEntry.class)
                .list();
    }

    List<TableEntry> inState(JdbcClient on, State state) {
        return all(on).stream().filter(entry -> entry.state() == state).toList();
    }

    /** The entry of a table that is being built, which nobody else changes until the transaction ends. */
    Optional<TableEntry> lockBuilding(JdbcClient on, String tableName) {
        return on.sql("""
                        select * from keneya.view_table where table_name = ? and state = 'BUILDING'
                        for no key update
                        """).param(tableName).query(TableEntry.class).optional();
    }

    /**
     * The tables that writes of these types keep. Asked for by every write, so definitions are only fetched when they
     * are new, and one that cannot be compiled here stops writes of its own type only.
     */
    List<MaintainedView> active(JdbcClient on, Set<String> resourceTypes) {
        return on.sql("""
                        select table_name from keneya.view_table
                        where state = 'ACTIVE' and resource_type = any (?) order by table_name
                        """).param(resourceTypes.toArray(String[]::new)).query(String.class).list().stream()
                .map(tableName -> compiled(on, tableName))
                .toList();
    }

    Optional<MaintainedView> active(JdbcClient on, String viewName) {
        return on.sql("select table_name from keneya.view_table where state = 'ACTIVE' and view_name = ?")
                .param(viewName)
                .query(String.class)
                .optional()
                .map(tableName -> compiled(on, tableName));
    }

    /** Whether this process can keep the table: it may be older or stricter than the one that registered it. */
    boolean isCompilable(JdbcClient on, TableEntry entry) {
        try {
            compiled(on, entry.tableName());
            return true;
        } catch (IllegalStateException notHere) {
            return false;
        }
    }

    MaintainedView compiled(JdbcClient on, String tableName) {
        MaintainedView known = compiled.get(tableName);
        if (known != null) {
            return known;
        }
        String definition = on.sql("select definition from keneya.view_table where table_name = ?")
                .param(tableName)
                .query(String.class)
                .single();
        try {
            MaintainedView fresh = MaintainedView.of(tableName, compiler.compile(definition));
            compiled.put(tableName, fresh);
            return fresh;
        } catch (RefusedException newer) {
            // Not the clinic's fault: this process is older than the one that registered the view, and must go.
            throw new IllegalStateException("The view of table " + tableName + " cannot be compiled here.", newer);
        }
    }
}
