package ml.keneya.views.upkeep;

import ml.keneya.views.table.Identifier;
import ml.keneya.views.table.ViewTable;
import ml.keneya.views.upkeep.TableEntry.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Drops tables that nobody is sent to any more; one that somebody is still reading is left for the next time. */
@Component
class DropsRetiredTables {

    private static final Logger log = LoggerFactory.getLogger(DropsRetiredTables.class);

    private final OwnerDatabase owner;
    private final Catalogue catalogue;

    DropsRetiredTables(OwnerDatabase owner, Catalogue catalogue) {
        this.owner = owner;
        this.catalogue = catalogue;
    }

    void run() {
        for (TableEntry entry : catalogue.inState(owner.jdbc(), State.RETIRED)) {
            try {
                owner.change(on -> drop(on, entry.tableName()));
            } catch (DataAccessException stillRead) {
                log.info("Table {} is still being read and is dropped later", entry.tableName());
            }
        }
    }

    private static void drop(JdbcClient on, String tableName) {
        on.sql("set local lock_timeout = '1s'").update();
        on.sql("drop table if exists " + new Identifier(tableName).in(ViewTable.SCHEMA))
                .update();
        on.sql("delete from keneya.view_table where table_name = ? and state = 'RETIRED'")
                .param(tableName)
                .update();
    }
}
