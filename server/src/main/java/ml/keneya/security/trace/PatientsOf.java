package ml.keneya.security.trace;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Finds whose record it is, by the elements that name a person in the types that are served. It must cost next to
 * nothing, so it does not evaluate FHIR's definition of the patient compartment.
 */
final class PatientsOf {

    private static final List<String> ELEMENTS = List.of("subject", "patient", "beneficiary", "for", "target");

    /** Where a delivery has left somebody's own record. */
    private static final Pattern WRITTEN = Pattern.compile("(?:^|/)Patient/([A-Za-z0-9.-]{1,64})");

    private PatientsOf() {}

    /** @return ids without their type */
    static Set<String> record(IBaseResource record) {
        Set<String> patients = new LinkedHashSet<>();
        if (record instanceof Patient patient && patient.getIdElement().hasIdPart()) {
            patients.add(patient.getIdElement().getIdPart());
        } else if (record instanceof Bundle bundle) {
            bundle.getEntry().stream()
                    .map(entry ->
                            WRITTEN.matcher(String.valueOf(entry.getResponse().getLocation())))
                    .filter(Matcher::find)
                    .forEach(location -> patients.add(location.group(1)));
            bundle.getEntry().stream()
                    .filter(Bundle.BundleEntryComponent::hasResource)
                    .forEach(entry -> patients.addAll(record(entry.getResource())));
        } else if (record instanceof Resource resource) {
            references(resource)
                    .map(Reference::getReferenceElement)
                    .filter(reference -> "Patient".equals(reference.getResourceType()) && reference.hasIdPart())
                    .forEach(reference -> patients.add(reference.getIdPart()));
        }
        return patients;
    }

    private static Stream<Reference> references(Resource resource) {
        Stream<Reference> nested = Stream.empty();
        if (resource instanceof Appointment appointment) {
            nested = appointment.getParticipant().stream().map(Appointment.AppointmentParticipantComponent::getActor);
        } else if (resource instanceof Group group) {
            nested = group.getMember().stream().map(Group.GroupMemberComponent::getEntity);
        }
        return Stream.concat(nested, ELEMENTS.stream().flatMap(element -> references(resource, element)));
    }

    private static Stream<Reference> references(Resource resource, String element) {
        Property property = resource.getNamedProperty(element);
        if (property == null) {
            return Stream.empty();
        }
        List<Base> values = property.getValues();
        return values.stream().filter(Reference.class::isInstance).map(Reference.class::cast);
    }
}
