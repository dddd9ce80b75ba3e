package ml.keneya.surveillance.alert;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Leaves of a case what it takes to find the person and to judge it (decision 0074). Of a person names, sex, birth
 * date, address, telephone and whom to ask; of the case, the contact and the vaccinations no words that somebody typed,
 * no other reasons of the contact, and of what they point to nothing but where it is, because names and numbers may
 * stand there too. The record says that it is not whole (SUBSETTED).
 */
@Interceptor(order = 0)
@Component
class ShowsWhatFollowUpNeeds implements StorageRule {

    private static final String PRECISION = Canonicals.BASE + "/StructureDefinition/ml-ext-birth-date-precision";
    private static final Coding NOT_WHOLE =
            new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "SUBSETTED", null);

    private final FhirContext context;

    ShowsWhatFollowUpNeeds(FhirContext context) {
        this.context = context;
    }

    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    void leaveOut(IPreResourceShowDetails shown, @Nullable RequestDetails request) {
        if (!Caller.of(request).role().followsUp()) {
            return;
        }
        for (int place = 0; place < shown.size(); place++) {
            DomainResource needed = whatIsNeeded(shown.getResource(place));
            if (needed != null) {
                needed.getMeta().addTag(NOT_WHOLE.copy());
                shown.setResource(place, needed);
            }
        }
    }

    /** Nothing for a type that is shown as it is. */
    private @Nullable DomainResource whatIsNeeded(@Nullable IBaseResource record) {
        if (record instanceof Patient person) {
            return withoutWords(ofPerson(person));
        }
        if (record instanceof Condition found) {
            Condition needed = found.copy();
            needed.setNote(null);
            return withoutWords(needed);
        }
        if (record instanceof Encounter contact) {
            Encounter needed = contact.copy();
            needed.setReasonCode(null);
            needed.setReasonReference(null);
            needed.setDiagnosis(null);
            needed.setIdentifier(null);
            return withoutWords(needed);
        }
        if (record instanceof Immunization dose) {
            Immunization needed = dose.copy();
            needed.setNote(null);
            needed.setReasonCode(null);
            needed.setReasonReference(null);
            needed.setIdentifier(null);
            return withoutWords(needed);
        }
        return null;
    }

    /** What is named here and nothing else, so that what profiles add later is not shown by itself. */
    private static Patient ofPerson(Patient person) {
        Patient whole = person.copy();
        Patient needed = new Patient();
        // A history says how each version came to be.
        ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(
                needed, ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.get(person));
        needed.setId(person.getIdElement());
        needed.setMeta(whole.getMeta());
        needed.setActiveElement(whole.getActiveElement());
        needed.setName(whole.getName());
        needed.setTelecom(whole.getTelecom());
        needed.setGenderElement(whole.getGenderElement());
        needed.setBirthDateElement(whole.getBirthDateElement());
        needed.setDeceased(whole.getDeceased());
        needed.setAddress(whole.getAddress());
        needed.setContact(whole.getContact());
        needed.setCommunication(whole.getCommunication());
        whole.getExtensionsByUrl(PRECISION).forEach(needed::addExtension);
        return needed;
    }

    private <T extends DomainResource> T withoutWords(T record) {
        record.setText(null);
        record.setContained(null);
        context.newTerser()
                .getAllPopulatedChildElementsOfType(record, Reference.class)
                .forEach(reference -> {
                    reference.setIdentifier(null);
                    reference.setDisplay(null);
                });
        return record;
    }
}
