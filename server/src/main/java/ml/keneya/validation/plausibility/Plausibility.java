package ml.keneya.validation.plausibility;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.conformance.ConformancePackages;
import ml.keneya.fhir.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/** Doubts records by the rules that {@code rules.csv} switches on, each with its severity. */
public class Plausibility {

    private final PeopleOnRecord record;
    private final Map<String, List<Applied>> byType;

    /** @param table rows of {@code rules.csv} */
    Plausibility(ConformancePackages packages, PeopleOnRecord record, List<Map<String, String>> table) {
        this.record = record;
        Map<String, Severity> severities = new HashMap<>();
        table.forEach(row -> severities.put(Tables.cell(row, "rule"), Severity.of(Tables.cell(row, "severity"))));
        this.byType = Stream.of(
                        new VaccineBeforeBirth(),
                        new DoseBeyondSchedule(packages),
                        new MeasureForAge(),
                        new PregnancyOfMan())
                .map(rule -> new Applied(rule, severityOf(rule, severities)))
                .filter(applied -> applied.severity != Severity.OFF)
                .flatMap(applied -> applied.rule.types().stream().map(type -> Map.entry(type, applied)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** With the rules as they are delivered. */
    public static Plausibility asDelivered(ConformancePackages packages, PeopleOnRecord record) {
        return new Plausibility(packages, record, Tables.read("rules"));
    }

    private static Severity severityOf(PlausibilityRule rule, Map<String, Severity> severities) {
        Severity severity = severities.get(rule.name());
        if (severity == null) {
            throw new IllegalStateException("rules.csv does not say how strict " + rule.name() + " is.");
        }
        return severity;
    }

    /** The people of all records of a delivery; to be made before its references are replaced by addresses. */
    public People peopleOf(Bundle delivery, Caller caller) {
        return People.of(delivery.getEntry(), record, caller);
    }

    /** The person of a record that comes alone. */
    public People personOf(Resource alone, Caller caller) {
        return People.of(alone, record, caller);
    }

    /** What is hardly true of the record. */
    public List<Doubt> doubts(Resource resource, People people) {
        List<Applied> applied = byType.get(resource.fhirType());
        if (applied == null) {
            return List.of();
        }
        return applied.stream()
                .flatMap(each -> each.rule.look(resource, () -> people.subjectOf(resource)).stream()
                        .map(improbable -> new Doubt(
                                each.rule.name(),
                                each.severity == Severity.ERROR,
                                improbable.place(),
                                improbable.found(),
                                improbable.facts())))
                .toList();
    }

    private record Applied(PlausibilityRule rule, Severity severity) {}

    private enum Severity {
        ERROR,
        WARNING,
        OFF;

        static Severity of(String word) {
            return switch (word) {
                case "error" -> ERROR;
                case "warning" -> WARNING;
                case "off" -> OFF;
                default -> throw new IllegalStateException("No severity: " + word);
            };
        }
    }
}
