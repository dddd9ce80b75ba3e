package ml.keneya.validation.plausibility;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** A record of pregnancy or childbirth of somebody whose sex is male; only what can be of nobody else is listed. */
final class PregnancyOfMan implements PlausibilityRule {

    private static final Set<String> OVER = Set.of("entered-in-error", "cancelled", "not-done");

    private final List<Sign> signs =
            Tables.read("pregnancy").stream().map(Sign::of).toList();

    @Override
    public String name() {
        return "pregnancy-of-a-man";
    }

    @Override
    public Set<String> types() {
        return signs.stream().map(Sign::type).collect(Collectors.toSet());
    }

    @Override
    public List<Improbable> look(Resource resource, Supplier<Optional<Person>> subject) {
        return codedIn(resource)
                .flatMap(coded -> signs.stream()
                        .filter(sign -> sign.type.equals(resource.fhirType()))
                        .flatMap(sign -> sign.codeIn(coded.concept, resource).stream())
                        .map(code -> new Improbable(coded.place, code, List.of())))
                .findFirst()
                .filter(sign -> subject.get().flatMap(Person::sex).equals(Optional.of("male")))
                .map(List::of)
                .orElseGet(List::of);
    }

    private static Stream<Coded> codedIn(Resource resource) {
        if (resource instanceof Observation observation && isHeld(observation.getStatusElement())) {
            return Stream.of(new Coded("Observation.code", observation.getCode()));
        } else if (resource instanceof Condition condition
                && !condition
                        .getVerificationStatus()
                        .hasCoding("http://terminology.hl7.org/CodeSystem/condition-ver-status", "refuted")) {
            return Stream.of(new Coded("Condition.code", condition.getCode()));
        } else if (resource instanceof Procedure procedure && isHeld(procedure.getStatusElement())) {
            return Stream.of(new Coded("Procedure.category", procedure.getCategory()));
        } else if (resource instanceof Encounter encounter && isHeld(encounter.getStatusElement())) {
            return encounter.getType().stream().map(type -> new Coded("Encounter.type", type));
        } else if (resource instanceof EpisodeOfCare episode && isHeld(episode.getStatusElement())) {
            return episode.getType().stream().map(type -> new Coded("EpisodeOfCare.type", type));
        }
        return Stream.empty();
    }

    private static boolean isHeld(Type status) {
        return !OVER.contains(String.valueOf(status.primitiveValue()));
    }

    private record Coded(String place, CodeableConcept concept) {}

    /**
     * A row of {@code pregnancy.csv}.
     *
     * @param code what the whole code must be like
     * @param values codes, or {@code true}, one of which an observation must have as its value; empty where any will do
     */
    private record Sign(String type, String system, Pattern code, Set<String> values) {

        static Sign of(Map<String, String> row) {
            String values = Tables.cell(row, "values");
            return new Sign(
                    Tables.cell(row, "type"),
                    Tables.system(row),
                    Pattern.compile(Tables.cell(row, "code")),
                    values.isEmpty() ? Set.of() : Set.of(values.split(";")));
        }

        /** The code by which the resource shows this sign. */
        Optional<String> codeIn(CodeableConcept concept, Resource resource) {
            return concept.getCoding().stream()
                    .filter(coding -> system.equals(coding.getSystem()))
                    // A code may be there and say only why it is not given.
                    .flatMap(coding -> Stream.ofNullable(coding.getCode()))
                    .filter(each -> code.matcher(each).matches())
                    .filter(each -> values.isEmpty() || hasValue(resource))
                    .findFirst();
        }

        private boolean hasValue(Resource resource) {
            Type value = resource instanceof Observation observation ? observation.getValue() : null;
            if (value instanceof BooleanType answer) {
                return values.contains(String.valueOf(answer.getValue()));
            }
            return value instanceof CodeableConcept answer
                    && answer.getCoding().stream()
                            .flatMap(coding -> Stream.ofNullable(coding.getCode()))
                            .anyMatch(values::contains);
        }
    }
}
