package ml.keneya.validation.plausibility;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A weight, height or arm circumference that nobody of that age and sex has. Where the age or the sex is not known
 * exactly, the widest of the ranges that may apply is taken.
 */
final class MeasureForAge implements PlausibilityRule {

    private final Map<String, String> measures = new HashMap<>();
    private final Map<String, Map<String, BigDecimal>> factors = new HashMap<>();
    private final List<Range> ranges;

    MeasureForAge() {
        Tables.read("measures")
                .forEach(row ->
                        measures.put(Tables.system(row) + "|" + Tables.cell(row, "code"), Tables.cell(row, "measure")));
        Tables.read("units")
                .forEach(row -> factors.computeIfAbsent(Tables.cell(row, "measure"), measure -> new HashMap<>())
                        .put(Tables.cell(row, "unit"), new BigDecimal(Tables.cell(row, "factor"))));
        ranges = Tables.read("ranges").stream().map(Range::of).toList();
    }

    @Override
    public String name() {
        return "measure-for-age";
    }

    @Override
    public Set<String> types() {
        return Set.of("Observation");
    }

    @Override
    public List<Improbable> look(Resource resource, Supplier<Optional<Person>> subject) {
        Observation observation = (Observation) resource;
        String measure = observation.getCode().getCoding().stream()
                .flatMap(coding -> Stream.ofNullable(measures.get(coding.getSystem() + "|" + coding.getCode())))
                .findFirst()
                .orElse(null);
        if (measure == null
                || observation.getStatus() == ObservationStatus.ENTEREDINERROR
                || !(observation.getValue() instanceof Quantity quantity)) {
            return List.of();
        }
        BigDecimal factor = factors.getOrDefault(measure, Map.of()).get(String.valueOf(quantity.getCode()));
        Optional<Days> measured = measured(observation.getEffective());
        if (factor == null || quantity.getValue() == null || measured.isEmpty()) {
            return List.of();
        }
        BigDecimal value = quantity.getValue().multiply(factor);
        return subject.get()
                .flatMap(person -> person.birth()
                        .flatMap(birth -> range(
                                measure,
                                person.sex().orElse(null),
                                measured.get().leastMonthsSince(birth),
                                measured.get().mostMonthsSince(birth))))
                .filter(range -> !range.holds(value))
                .map(range -> List.of(new Improbable(
                        "Observation.value.ofType(Quantity)",
                        quantity.getValue().toPlainString() + " " + quantity.getCode(),
                        List.of(range.lowest(), range.highest(), range.unit()))))
                .orElseGet(List::of);
    }

    private static Optional<Days> measured(@Nullable Type effective) {
        if (effective instanceof DateTimeType time) {
            return Days.of(time.getValueAsString());
        }
        return effective instanceof Period period
                ? Days.of(period.getStartElement().getValueAsString())
                : Optional.empty();
    }

    /** The widest range of those that may apply. */
    private Optional<Range> range(String measure, @Nullable String sex, long leastMonths, long mostMonths) {
        return ranges.stream()
                .filter(range -> range.measure.equals(measure))
                .filter(range -> range.isOfSex(sex))
                .filter(range -> range.fromMonths <= mostMonths && leastMonths < range.toMonths)
                .reduce(Range::with);
    }

    /**
     * A row of {@code ranges.csv}.
     *
     * @param sex {@code male}, {@code female} or {@code any}
     * @param fromMonths full months of age from which it holds
     * @param toMonths full months of age until which it holds, without them
     */
    private record Range(
            String measure,
            String unit,
            String sex,
            long fromMonths,
            long toMonths,
            BigDecimal lowest,
            BigDecimal highest) {

        static Range of(Map<String, String> row) {
            return new Range(
                    Tables.cell(row, "measure"),
                    Tables.cell(row, "unit"),
                    Tables.cell(row, "sex"),
                    Long.parseLong(Tables.cell(row, "from-months")),
                    Long.parseLong(Tables.cell(row, "to-months")),
                    new BigDecimal(Tables.cell(row, "lowest")),
                    new BigDecimal(Tables.cell(row, "highest")));
        }

        boolean isOfSex(@Nullable String known) {
            boolean isKnown = "male".equals(known) || "female".equals(known);
            return sex.equals("any") || !isKnown || sex.equals(known);
        }

        boolean holds(BigDecimal value) {
            return value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
        }

        Range with(Range other) {
            return new Range(
                    measure,
                    unit,
                    "any",
                    Math.min(fromMonths, other.fromMonths),
                    Math.max(toMonths, other.toMonths),
                    lowest.min(other.lowest),
                    highest.max(other.highest));
        }
    }
}
