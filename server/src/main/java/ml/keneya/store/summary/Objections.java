package ml.keneya.store.summary;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import ml.keneya.conformance.Canonicals;
import ml.keneya.store.RecordsAboutPerson;
import ml.keneya.store.RecordsAboutPerson.Found;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.springframework.stereotype.Component;

/**
 * Knows whether a person objects to the sharing of her record between sites ({@code ml-consent}). Of the active
 * consents about it, whichever site recorded them, the newest is her last word; one that was withdrawn or deleted says
 * nothing any more.
 */
@Component
class Objections {

    private static final String CATEGORIES = Canonicals.BASE + "/CodeSystem/ml-consent-category";
    private static final String SHARING = "sharing";

    /** More than anybody has. */
    private static final int MOST = 1_000;

    private final RecordsAboutPerson records;
    private final Clock clock = Clock.systemUTC();

    Objections(RecordsAboutPerson records) {
        this.records = records;
    }

    boolean stand(String patient) {
        String self = "Patient/" + patient;
        List<Word> words = records.pointingTo(patient, "Consent", MOST).stream()
                .filter(found -> found.record() instanceof Consent consent
                        && self.equals(consent.getPatient().getReference()))
                .flatMap(found -> word(found).stream())
                .toList();
        return words.stream()
                .max(Comparator.comparing(Word::said).thenComparing(Word::stored))
                .filter(Word::denies)
                .isPresent();
    }

    private record Word(Instant said, Instant stored, boolean denies) {}

    private Optional<Word> word(Found found) {
        Consent consent = (Consent) found.record();
        if (consent.getStatus() != ConsentState.ACTIVE || !isNow(consent.getProvision())) {
            return Optional.empty();
        }
        Instant dated = consent.hasDateTime() ? consent.getDateTime().toInstant() : found.stored();
        // Who dates it ahead would have the last word until then.
        Instant said = dated.isAfter(found.stored()) ? found.stored() : dated;
        return about(consent.getProvision()).map(denies -> new Word(said, found.stored(), denies));
    }

    /** Whether it denies sharing, or permits it; an exception from a provision goes before the provision. */
    private Optional<Boolean> about(ProvisionComponent provision) {
        List<ProvisionComponent> exceptions = provision.getProvision().stream()
                .filter(exception -> exception.getCode().stream().anyMatch(Objections::isSharing))
                .filter(this::isNow)
                .toList();
        if (!exceptions.isEmpty()) {
            return Optional.of(
                    exceptions.stream().anyMatch(exception -> exception.getType() == ConsentProvisionType.DENY));
        }
        boolean denies = provision.getType() == ConsentProvisionType.DENY;
        boolean permits = provision.getType() == ConsentProvisionType.PERMIT;
        // Who denies without saying what, denies this too; who permits without saying what, has not permitted this.
        boolean sharing = provision.hasCode() ? provision.getCode().stream().anyMatch(Objections::isSharing) : denies;
        return sharing && (denies || permits) ? Optional.of(denies) : Optional.empty();
    }

    private static boolean isSharing(CodeableConcept subject) {
        return subject.hasCoding(CATEGORIES, SHARING);
    }

    /** A day that a period ends on is in it. */
    private boolean isNow(ProvisionComponent provision) {
        Instant now = clock.instant();
        Date start = provision.getPeriod().getStart();
        if (start != null && start.toInstant().isAfter(now)) {
            return false;
        }
        DateTimeType end = provision.getPeriod().getEndElement().copy();
        if (end.getValue() == null) {
            return true;
        }
        end.add(end.getPrecision().getCalendarConstant(), 1);
        return end.getValue().toInstant().isAfter(now);
    }
}
