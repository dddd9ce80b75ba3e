package ml.keneya.security.trace;

import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds rows of the trace, the newest first. */
@Component
class SearchesTrace {

    private static final String SELECT = "select " + TraceRows.COLUMNS + " from keneya.trace where true";

    /** As long as any other search. */
    private static final int SECONDS = 10;

    /** query_canceled: PostgreSQL's manual, appendix A. */
    private static final String GIVEN_UP = "57014";

    private static final String EMERGENCY = "BTG";

    private final JdbcClient jdbc;

    @Autowired
    SearchesTrace(DataSource source) {
        this(source, SECONDS);
    }

    SearchesTrace(DataSource source, int seconds) {
        JdbcTemplate limited = new JdbcTemplate(source);
        limited.setQueryTimeout(seconds);
        this.jdbc = JdbcClient.create(limited);
    }

    Optional<TracedEvent> find(int chain, long position) {
        return jdbc.sql(SELECT + " and chain = :chain and position = :position")
                .param("chain", chain)
                .param("position", position)
                .query((row, number) -> TraceRows.read(row))
                .optional();
    }

    /**
     * One more than the query counts, when there are more.
     *
     * @throws RefusedException when it takes longer than a search may
     */
    List<TracedEvent> search(TraceQuery query) {
        try {
            return find(query);
        } catch (DataAccessException failed) {
            if (failed.getRootCause() instanceof SQLException refused && GIVEN_UP.equals(refused.getSQLState())) {
                throw new RefusedException(Refusal.of(RefusalCode.READING_TOO_LONG));
            }
            throw failed;
        }
    }

    private List<TracedEvent> find(TraceQuery query) {
        Conditions conditions = new Conditions();
        if (query.from() != null) {
            conditions.add("recorded_at >= :from", "from", query.from().atOffset(ZoneOffset.UTC));
        }
        if (query.to() != null) {
            conditions.add("recorded_at < :to", "to", query.to().atOffset(ZoneOffset.UTC));
        }
        conditions.addIfGiven("patients @> array[:patient]::text[]", "patient", query.patient());
        conditions.addIfGiven("client = :client", "client", query.agent());
        if (query.type() != null && query.id() != null) {
            conditions.addRecord(query.type(), query.id());
        }
        if (query.action() != null) {
            conditions.addAction(query.action());
        }
        if (query.outcome() != null) {
            conditions.addOutcome(query.outcome());
        }
        if (EMERGENCY.equals(query.purpose())) {
            // As the index has it: few rows among many.
            conditions.texts.add("purpose = '" + EMERGENCY + "'");
        } else {
            conditions.addIfGiven("purpose = :purpose", "purpose", query.purpose());
        }
        if (query.after() != null) {
            conditions.add(
                    "(recorded_at, chain, position) < (:at, :chain, :position)",
                    "at",
                    query.after().at().atOffset(ZoneOffset.UTC));
            conditions.parameters.put("chain", query.after().chain());
            conditions.parameters.put("position", query.after().position());
        }
        return jdbc.sql(SELECT + conditions.text()
                        + " order by recorded_at desc, chain desc, position desc limit :most")
                .params(conditions.parameters)
                .param("most", query.count() + 1)
                .query((row, number) -> TraceRows.read(row))
                .list();
    }

    /** Only what was asked for goes into the statement, so that the database can use the index for it. */
    private static final class Conditions {

        private final List<String> texts = new ArrayList<>();
        private final Map<String, Object> parameters = new HashMap<>();

        void add(String text, String name, Object value) {
            texts.add(text);
            parameters.put(name, value);
        }

        void addIfGiven(String text, String name, @Nullable Object value) {
            if (value != null) {
                add(text, name, value);
            }
        }

        /** A person may have been shown without having been asked for by id. */
        void addRecord(String type, String id) {
            String itself = "resource_type = :type and resource_id = :id";
            add(type.equals("Patient") ? "(" + itself + " or patients @> array[:id]::text[])" : itself, "type", type);
            parameters.put("id", id);
        }

        void addAction(String action) {
            List<String> interactions = AuditAction.interactionsOf(action);
            if (interactions.isEmpty()) {
                add(
                        "interaction <> all (:others)",
                        "others",
                        AuditAction.allOthers().toArray(String[]::new));
            } else {
                add("interaction = any (:interactions)", "interactions", interactions.toArray(String[]::new));
            }
        }

        void addOutcome(String outcome) {
            texts.add(
                    switch (outcome) {
                        case "0" -> "status < 400";
                        case "4" -> "status between 400 and 499";
                        default -> "status >= 500";
                    });
        }

        String text() {
            return texts.isEmpty() ? "" : " and " + String.join(" and ", texts);
        }
    }
}
