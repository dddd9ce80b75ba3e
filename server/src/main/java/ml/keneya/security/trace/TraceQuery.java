package ml.keneya.security.trace;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A search of the trace: {@code AuditEvent?date=ge2026-11&patient=…&agent=…&entity=…&action=…&outcome=…}, all of which
 * must hold.
 *
 * @param from at or after
 * @param to before
 * @param patient id of a person
 * @param agent the client that called
 * @param type of the record, with {@code id}
 * @param action C, R, U, D or E
 * @param outcome 0, 4 or 8 (audit-event-outcome)
 * @param purpose a code of HL7 v3 PurposeOfUse that was stated; R5 has this parameter, R4 none for it
 * @param after where the page before ended
 */
record TraceQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String patient,
        @Nullable String agent,
        @Nullable String type,
        @Nullable String id,
        @Nullable String action,
        @Nullable String outcome,
        @Nullable String purpose,
        int count,
        @Nullable Place after) {

    /** Carries the place in links between pages. */
    static final String PLACE = "_after";

    private static final Set<String> PRESENTATION = Set.of("_format", "_pretty", "_summary", "_elements", "_total");
    private static final String KNOWN = "date, patient, agent, entity, action, outcome, purpose, _count";
    private static final Pattern RECORD = Pattern.compile("([A-Z][A-Za-z]{1,60})/([A-Za-z0-9.-]{1,64})");
    private static final Pattern DATE = Pattern.compile("(eq|ge|gt|le|lt|sa|eb)?(\\d{4}.*)");
    private static final Pattern PURPOSE = Pattern.compile("[A-Z]{2,20}");
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;

    /** A row's place in the order of time. */
    record Place(Instant at, int chain, long position) {

        private static final Pattern FORM = Pattern.compile("(\\d{1,17})\\.(\\d{1,9})\\.(\\d{1,18})");

        static Place of(TracedEvent row) {
            return new Place(row.event().at(), row.chain(), row.position());
        }

        String inWords() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + chain + "." + position;
        }

        static Place read(String words) {
            Matcher parts = FORM.matcher(words);
            if (!parts.matches()) {
                throw unreadable(PLACE, words);
            }
            return new Place(
                    Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
                    Integer.parseInt(parts.group(2)),
                    Long.parseLong(parts.group(3)));
        }
    }

    static TraceQuery read(Map<String, String[]> parameters) {
        Reading reading = new Reading();
        parameters.forEach((name, values) -> {
            for (String value : values) {
                reading.take(name, value);
            }
        });
        return reading.query();
    }

    private static RefusedException unreadable(String name, String value) {
        return new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, name, value));
    }

    private static final class Reading {

        private final List<Instant> lower = new ArrayList<>();
        private final List<Instant> upper = new ArrayList<>();
        private @Nullable String patient;
        private @Nullable String agent;
        private @Nullable String type;
        private @Nullable String id;
        private @Nullable String action;
        private @Nullable String outcome;
        private @Nullable String purpose;
        private int count = PAGE;
        private @Nullable Place after;

        void take(String name, String value) {
            switch (name) {
                case "date" -> limit(value);
                case "patient", "patient.identifier" -> patient = value.replaceFirst("^(.*/)?Patient/", "");
                case "agent", "agent:identifier" -> agent = value.replaceFirst("^.*\\|", "");
                case "entity" -> record(value);
                case "action" -> action = oneOf(name, value, Set.of("C", "R", "U", "D", "E"));
                case "outcome" -> outcome = oneOf(name, value, Set.of("0", "4", "8"));
                case "purpose" -> purpose = code(value);
                case "_count" -> count = number(value);
                case PLACE -> after = Place.read(value);
                default -> {
                    if (!PRESENTATION.contains(name)) {
                        throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_SEARCH_PARAMETER, name, KNOWN));
                    }
                }
            }
        }

        private void limit(String value) {
            Matcher parts = DATE.matcher(value);
            if (!parts.matches()) {
                throw unreadable("date", value);
            }
            Moment moment;
            try {
                moment = Moment.read(parts.group(2));
            } catch (DateTimeException notADate) {
                throw unreadable("date", value);
            }
            switch (parts.group(1) == null ? "eq" : parts.group(1)) {
                case "ge" -> lower.add(moment.from());
                case "gt", "sa" -> lower.add(moment.to());
                case "le" -> upper.add(moment.to());
                case "lt", "eb" -> upper.add(moment.from());
                default -> {
                    lower.add(moment.from());
                    upper.add(moment.to());
                }
            }
        }

        private void record(String value) {
            Matcher parts = RECORD.matcher(value);
            if (!parts.find()) {
                throw unreadable("entity", value);
            }
            type = parts.group(1);
            id = parts.group(2);
        }

        private static String oneOf(String name, String value, Set<String> allowed) {
            String code = value.replaceFirst("^.*\\|", "");
            if (!allowed.contains(code)) {
                throw unreadable(name, value);
            }
            return code;
        }

        private static String code(String value) {
            String code = value.replaceFirst("^.*\\|", "");
            if (!PURPOSE.matcher(code).matches()) {
                throw unreadable("purpose", value);
            }
            return code;
        }

        private static int number(String value) {
            if (!value.matches("\\d{1,9}")) {
                throw unreadable("_count", value);
            }
            return Math.min(Integer.parseInt(value), LARGEST_PAGE);
        }

        TraceQuery query() {
            return new TraceQuery(
                    lower.stream().max(Instant::compareTo).orElse(null),
                    upper.stream().min(Instant::compareTo).orElse(null),
                    patient,
                    agent,
                    type,
                    id,
                    action,
                    outcome,
                    purpose,
                    count,
                    after);
        }
    }
}
