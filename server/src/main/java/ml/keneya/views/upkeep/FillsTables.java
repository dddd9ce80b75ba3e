package ml.keneya.views.upkeep;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
        List<Outcome> failures =
                outcomes.stream().filter(outcome -> outcome.failure() != null).toList();
        if (!failures.isEmpty()) {
            note(on, target, failures);
        }
    }

    /** In one statement: a mistake in a view must not make a clinic's bundle a thousand statements longer. */
    private static void note(JdbcClient on, MaintainedView target, List<Outcome> failures) {
        on.sql("""
                        insert into keneya.view_failure (table_name, resource_id, code, place)
                        select ?, failed.id, failed.code, failed.place
                        from unnest(?::text[], ?::text[], ?::text[]) as failed (id, code, place)
                        on conflict (table_name, resource_id) do update set code = excluded.code, place = excluded.place
                        """)
                .param(target.tableName())
                .param(texts(failures, failed -> failed.rows().origin().id()))
                .param(texts(failures, failed -> reasonOf(failed).code().id()))
                .param(texts(
                        failures, failed -> String.join(", ", reasonOf(failed).expression())))
                .update();
    }

    private static Refusal reasonOf(Outcome failed) {
        return Objects.requireNonNull(failed.failure()).refusals().get(0);
    }

    private static String[] texts(List<Outcome> failures, Function<Outcome, String> text) {
        return failures.stream().map(text).toArray(String[]::new);
    }
}
