package ml.keneya.views.upkeep;

import java.util.ArrayList;
import java.util.List;
import ml.keneya.fhir.Refusal;
import ml.keneya.views.table.RecordRows;
import ml.keneya.views.upkeep.MakesRows.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes outcomes into a table: rows where there are any, and a note where a record does not fit the definition. */
@Component
class FillsTables {

    /** In the transaction that is open on the connection. The same record must not be given twice. */
    void replace(JdbcClient on, MaintainedView target, List<Outcome> outcomes) {
        List<RecordRows> rows = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            rows.add(outcome.rows());
        }
        target.table().replace(on, rows);
        for (Outcome outcome : outcomes) {
            if (outcome.failure() != null) {
                note(
                        on,
                        target,
                        outcome.rows().origin().id(),
                        outcome.failure().refusals().get(0));
            }
        }
    }

    private static void note(JdbcClient on, MaintainedView target, String id, Refusal reason) {
        on.sql("""
                        insert into keneya.view_failure (table_name, resource_id, code, place) values (?, ?, ?, ?)
                        on conflict (table_name, resource_id) do update set code = excluded.code, place = excluded.place
                        """)
                .param(target.tableName())
                .param(id)
                .param(reason.code().id())
                .param(String.join(", ", reason.expression()))
                .update();
    }
}
