package ml.keneya.test;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;

/** Records that read aloud, valid unless a test spoils them. */
public final class Records {

    public static final String RECORD_NUMBER = "https://keneya.ml/id/site/test/record";

    private Records() {}

    public static Patient aChild(String recordNumber) {
        Patient child = new Patient();
        child.addIdentifier().setSystem(RECORD_NUMBER).setValue(recordNumber);
        child.addName().setFamily("Traoré").addGiven("Awa");
        child.setGender(AdministrativeGender.FEMALE);
        child.setBirthDateElement(new DateType("2025-06-01"));
        return child;
    }

    public static Observation weightOf(String patientReference, String kilograms) {
        Observation weight = new Observation();
        weight.setStatus(ObservationStatus.FINAL);
        weight.getCode().addCoding().setSystem("http://loinc.org").setCode("29463-7");
        weight.getSubject().setReference(patientReference);
        weight.setEffective(new DateTimeType("2026-11-10T09:00:00+00:00"));
        weight.setValue(new Quantity()
                .setValue(new BigDecimal(kilograms))
                .setUnit("kg")
                .setSystem("http://unitsofmeasure.org")
                .setCode("kg"));
        return weight;
    }

    public static Bundle transaction(BundleEntryComponent... entries) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        Arrays.stream(entries).forEach(bundle::addEntry);
        return bundle;
    }

    public static Bundle batch(BundleEntryComponent... entries) {
        return transaction(entries).setType(BundleType.BATCH);
    }

    public static BundleEntryComponent creating(String fullUrl, Resource resource) {
        BundleEntryComponent entry =
                new BundleEntryComponent().setFullUrl(fullUrl).setResource(resource);
        entry.getRequest().setMethod(HTTPVerb.POST).setUrl(resource.fhirType());
        return entry;
    }

    public static BundleEntryComponent creating(Resource resource) {
        return creating(aPlaceholder(), resource);
    }

    /** Creates or replaces the record under its own id. */
    public static BundleEntryComponent putting(Resource resource) {
        BundleEntryComponent entry = new BundleEntryComponent().setResource(resource);
        entry.getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
        return entry;
    }

    public static BundleEntryComponent deleting(String url) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(HTTPVerb.DELETE).setUrl(url);
        return entry;
    }

    public static BundleEntryComponent reading(String url) {
        BundleEntryComponent entry = new BundleEntryComponent();
        entry.getRequest().setMethod(HTTPVerb.GET).setUrl(url);
        return entry;
    }

    public static String aPlaceholder() {
        return "urn:uuid:" + UUID.randomUUID();
    }
}
