package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.AccessNotes;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Localized;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.intake.ReceiptLedger.Receipt;
import ml.keneya.store.CurrentVersions;
import ml.keneya.store.RecordId;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.springframework.stereotype.Component;

/** Finds the answer that a delivery got when it was accepted before. */
@Component
class EarlierAnswers {

    private static final Pattern VERSION = Pattern.compile("([A-Za-z]+)/([A-Za-z0-9.-]{1,64})/_history/(\\d+)");
    private static final Pattern RECORD = Pattern.compile("([A-Za-z]+)/([A-Za-z0-9.-]{1,64})");

    private static final DateTimeFormatter FRENCH_DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final FhirContext context;
    private final ReceiptLedger ledger;
    private final CurrentVersions versions;

    EarlierAnswers(FhirContext context, ReceiptLedger ledger, CurrentVersions versions) {
        this.context = context;
        this.ledger = ledger;
        this.versions = versions;
    }

    /**
     * Without a name of its sender's, content is all that tells a repetition from a delivery that is meant anew. What
     * creates records is a repetition: the same would be there twice. What only replaces, deletes or creates unless it
     * exists is one as long as its records are as it left them; otherwise somebody wants them so again, and carrying it
     * out doubles nothing.
     *
     * @param entries that write
     * @throws RefusedException when the key was accepted with other content, or its answer is no longer kept
     */
    Optional<Bundle> of(Submission submission, List<BundleEntryComponent> entries, ServletRequestDetails request) {
        Optional<Receipt> receipt = ledger.find(submission);
        if (receipt.isEmpty()) {
            return Optional.empty();
        }
        if (!receipt.get().digest().equals(submission.digest())) {
            throw new RefusedException(Refusal.of(RefusalCode.KEY_REUSED, Submission.nameIn(request)));
        }
        Optional<Bundle> answer = Optional.ofNullable(receipt.get().answer())
                .map(json -> context.newJsonParser().parseResource(Bundle.class, json));
        boolean meantAnew = !submission.isNamedBySender()
                && entries.stream().allMatch(EarlierAnswers::saysHowARecordShallBe)
                && answer.filter(given -> stillHolds(entries, given)).isEmpty();
        if (meantAnew) {
            ledger.retire(receipt.get());
            return Optional.empty();
        }
        if (answer.isEmpty()) {
            OffsetDateTime day = receipt.get().receivedAt();
            throw new RefusedException(
                    Refusal.of(RefusalCode.ANSWER_FORGOTTEN, (Localized) language -> inWords(day, language)));
        }
        // Nothing comes out of the storage, and yet it tells of people.
        AccessNotes.shows(request, answer.get());
        entries.stream()
                .filter(BundleEntryComponent::hasResource)
                .forEach(entry -> AccessNotes.shows(request, entry.getResource()));
        return answer;
    }

    /** To be said only when nothing of the answer is new. */
    static void sayThatItIsOne(ServletRequestDetails request) {
        request.getServletResponse().setHeader("Keneya-Replayed", "true");
    }

    private static String inWords(OffsetDateTime day, Language language) {
        return language == Language.FRENCH ? FRENCH_DAY.format(day) : DateTimeFormatter.ISO_LOCAL_DATE.format(day);
    }

    private static boolean saysHowARecordShallBe(BundleEntryComponent entry) {
        return entry.getRequest().getMethod() == HTTPVerb.PUT
                || entry.getRequest().getMethod() == HTTPVerb.DELETE
                || createsUnlessThere(entry);
    }

    private static boolean createsUnlessThere(BundleEntryComponent entry) {
        return entry.getRequest().getMethod() == HTTPVerb.POST
                && entry.getRequest().hasIfNoneExist();
    }

    private boolean stillHolds(List<BundleEntryComponent> entries, Bundle answer) {
        Map<RecordId, Long> left = new HashMap<>();
        Set<RecordId> found = new HashSet<>();
        Set<RecordId> deleted = new HashSet<>();
        for (int index = 0; index < entries.size(); index++) {
            String location =
                    String.valueOf(answer.getEntry().get(index).getResponse().getLocation());
            String address = String.valueOf(entries.get(index).getRequest().getUrl());
            boolean deletes = entries.get(index).getRequest().getMethod() == HTTPVerb.DELETE;
            Matcher record = (deletes ? RECORD.matcher(address) : VERSION.matcher(location));
            if (!record.matches()) {
                return false;
            }
            RecordId id = new RecordId(record.group(1), record.group(2));
            if (deletes) {
                deleted.add(id);
            } else if (createsUnlessThere(entries.get(index))) {
                // Whatever became of it since: it is there.
                found.add(id);
            } else {
                left.put(id, Long.valueOf(record.group(3)));
            }
        }
        return versions.of(left.keySet()).equals(left)
                && versions.missing(found).isEmpty()
                && versions.missing(deleted).equals(deleted);
    }
}
