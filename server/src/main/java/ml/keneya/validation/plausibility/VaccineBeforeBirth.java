package ml.keneya.validation.plausibility;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.Resource;

/** A dose given before the person was born, whatever day the two dates may mean. */
final class VaccineBeforeBirth implements PlausibilityRule {

    @Override
    public String name() {
        return "vaccine-before-birth";
    }

    @Override
    public Set<String> types() {
        return Set.of("Immunization");
    }

    @Override
    public List<Improbable> look(Resource resource, Supplier<Optional<Person>> subject) {
        Immunization dose = (Immunization) resource;
        if (dose.getStatus() != ImmunizationStatus.COMPLETED
                || !(dose.getOccurrence() instanceof DateTimeType occurrence)) {
            return List.of();
        }
        String given = occurrence.getValueAsString();
        return Days.of(given)
                .flatMap(days -> subject.get().flatMap(Person::birth).filter(days::areSurelyBefore))
                .map(birth -> List.of(new Improbable(
                        "Immunization.occurrence.ofType(dateTime)",
                        given,
                        List.of(birth.first().toString()))))
                .orElseGet(List::of);
    }
}
