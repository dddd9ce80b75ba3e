package ml.keneya.validation.plausibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A dose with a higher number than the schedule has. The doses of a campaign are given beside the schedule and are not
 * looked at.
 */
final class DoseBeyondSchedule implements PlausibilityRule {

    private static final String SCHEDULE = Canonicals.BASE + "/CodeSystem/ml-vaccine-dose";
    private static final String VACCINES = Canonicals.BASE + "/CodeSystem/ml-vaccine";
    private static final String STRATEGY = Canonicals.BASE + "/StructureDefinition/ml-ext-vaccination-strategy";

    private final Map<String, Integer> lastDose = new HashMap<>();

    DoseBeyondSchedule(ConformancePackages packages) {
        packages.terminology().resources().stream()
                .filter(each -> SCHEDULE.equals(each.getUrl()))
                .flatMap(each -> ((CodeSystem) each).getConcept().stream())
                .forEach(this::add);
    }

    private void add(ConceptDefinitionComponent dose) {
        String vaccine = text(dose, "vaccine");
        String number = text(dose, "dose-number");
        if (vaccine != null && number != null) {
            lastDose.merge(vaccine, Integer.valueOf(number), Math::max);
        }
    }

    @Override
    public String name() {
        return "dose-beyond-schedule";
    }

    @Override
    public Set<String> types() {
        return Set.of("Immunization");
    }

    @Override
    public List<Improbable> look(Resource resource, Supplier<Optional<Person>> subject) {
        Immunization given = (Immunization) resource;
        Optional<String> vaccine = given.getVaccineCode().getCoding().stream()
                .filter(coding -> VACCINES.equals(coding.getSystem()))
                .flatMap(coding -> Stream.ofNullable(coding.getCode()))
                .filter(lastDose::containsKey)
                .findFirst();
        if (vaccine.isEmpty() || given.getStatus() != ImmunizationStatus.COMPLETED || isOfCampaign(given)) {
            return List.of();
        }
        int last = lastDose.getOrDefault(vaccine.get(), 0);
        List<Improbable> beyond = new ArrayList<>();
        for (int index = 0; index < given.getProtocolApplied().size(); index++) {
            Type number = given.getProtocolApplied().get(index).getDoseNumber();
            if (number instanceof PositiveIntType dose && dose.hasValue() && dose.getValue() > last) {
                beyond.add(new Improbable(
                        "Immunization.protocolApplied[" + index + "].doseNumber.ofType(positiveInt)",
                        dose.getValueAsString(),
                        List.of(vaccine.get(), last)));
            }
        }
        return beyond;
    }

    private static boolean isOfCampaign(Immunization given) {
        return given.getExtensionsByUrl(STRATEGY).stream()
                .anyMatch(extension -> extension.getValue() instanceof CodeableConcept strategy
                        && strategy.getCoding().stream().anyMatch(coding -> "campaign".equals(coding.getCode())));
    }

    private static @Nullable String text(ConceptDefinitionComponent dose, String property) {
        return dose.getProperty().stream()
                .filter(each -> each.getCode().equals(property))
                .flatMap(each -> Stream.ofNullable(
                        each.getValue() instanceof Coding coding
                                ? coding.getCode()
                                : each.getValue().primitiveValue()))
                .findFirst()
                .orElse(null);
    }
}
