package ml.keneya.store.summary;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.ResourceBundle;
import java.util.UUID;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Language;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Writes a summary as a document in the shape of the International Patient Summary. Records stand in it under numbers
 * made for this one document, and nothing says which site recorded them (decision 14).
 */
@Component
class WritesSummary {

    private static final String LOINC = "http://loinc.org";
    private static final Coding SUMMARY = new Coding(LOINC, "60591-5", "Patient summary Document");
    private static final Coding NOT_WHOLE =
            new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "REDACTED", null);
    private static final String REASONS = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

    private final FhirContext context;
    private final Clock clock = Clock.systemUTC();

    WritesSummary(FhirContext context) {
        this.context = context;
    }

    Bundle write(SummaryContent content, Language language) {
        ResourceBundle words = ResourceBundle.getBundle(
                "ml.keneya.store.summary.words",
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        Date now = Date.from(clock.instant());
        Bundle document = new Bundle().setType(BundleType.DOCUMENT).setTimestamp(now);
        document.getIdentifier().setSystem("urn:ietf:rfc:3986").setValue(number());
        if (content.restricted()) {
            document.getMeta().addSecurity(NOT_WHOLE.copy());
        }
        Composition composition = new Composition()
                .setStatus(CompositionStatus.FINAL)
                .setDate(now)
                .setTitle(words.getString("title"));
        composition.setLanguage(language.locale().getLanguage());
        composition.getType().addCoding(SUMMARY.copy());
        composition
                .addAuthor()
                .setDisplay(words.getString("author"))
                .getIdentifier()
                .setValue(Canonicals.BASE);
        document.addEntry().setFullUrl(number()).setResource(composition);
        String person = number();
        document.addEntry().setFullUrl(person).setResource(described(content.person()));
        composition.getSubject().setReference(person);
        for (SummarySection section : SummarySection.values()) {
            List<Resource> records = content.records().getOrDefault(section, List.of());
            SectionComponent written = composition.addSection().setTitle(words.getString(section.name()));
            written.getCode().addCoding(new Coding(LOINC, section.loinc(), null));
            if (records.isEmpty()) {
                written.getEmptyReason().addCoding(new Coding(REASONS, "unavailable", null));
            }
            for (Resource record : records) {
                String number = number();
                written.addEntry().setReference(number);
                document.addEntry().setFullUrl(number).setResource(about(record, "Patient/" + content.id(), person));
            }
        }
        return document;
    }

    /** Enough to see that it is her: whoever treats her reads the rest in her own record. */
    private static Patient described(Patient person) {
        Patient whole = person.copy();
        Patient needed = new Patient();
        needed.setName(whole.getName());
        needed.setGenderElement(whole.getGenderElement());
        needed.setBirthDateElement(whole.getBirthDateElement());
        needed.setDeceased(whole.getDeceased());
        return needed;
    }

    private DomainResource about(Resource record, String stored, String person) {
        DomainResource needed = SummarySection.withoutWords(record);
        context.newTerser()
                .getAllPopulatedChildElementsOfType(needed, Reference.class)
                .forEach(reference -> {
                    boolean hers = stored.equals(reference.getReference());
                    reference
                            .setReference(hers ? person : null)
                            .setIdentifier(null)
                            .setDisplay(null);
                });
        return needed;
    }

    private static String number() {
        return "urn:uuid:" + UUID.randomUUID();
    }
}
