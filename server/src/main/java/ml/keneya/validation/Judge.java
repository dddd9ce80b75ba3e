package ml.keneya.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says of a resource what posting it would say, without storing it. */
@Component
class Judge {

    private static final Set<BundleType> CARRIED_OUT = Set.of(BundleType.TRANSACTION, BundleType.BATCH);
    private static final Pattern IN_ENTRY = Pattern.compile("^Bundle\\.entry\\[(\\d{1,6})]\\.resource");
    private static final Set<HTTPVerb> WRITING = Set.of(HTTPVerb.POST, HTTPVerb.PUT);

    private final RecordValidation validation;
    private final EnvelopeRules envelope;
    private final IValidationSupport support;

    Judge(RecordValidation validation, EnvelopeRules envelope, IValidationSupport support) {
        this.validation = validation;
        this.envelope = envelope;
        this.support = support;
    }

    /**
     * @param profile one that the resource must meet besides Mali's for its type
     * @param unread what could not be read of it; sent to be stored it would be refused for that alone
     * @param caller who asks, and is told no more of people on record than she may see
     */
    OperationOutcome judge(
            IBaseResource resource, @Nullable String profile, List<Refusal> unread, Language language, Caller caller) {
        try (Language.Spoken spoken = language.spoken()) {
            return verdictOn(resource, profile, unread, language, caller);
        }
    }

    private OperationOutcome verdictOn(
            IBaseResource resource, @Nullable String profile, List<Refusal> unread, Language language, Caller caller) {
        if (resource instanceof Bundle bundle && CARRIED_OUT.contains(bundle.getType())) {
            return judgeDelivery(bundle, unread, language, caller);
        }
        if (!unread.isEmpty()) {
            return Verdict.nothingToSay().outcome(unread, language);
        }
        ValidationOptions options = new ValidationOptions();
        if (profile != null) {
            if (support.fetchStructureDefinition(profile) == null) {
                throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_PROFILE, profile));
            }
            options.addProfile(profile);
        }
        People people = validation.personOf(resource, caller);
        return validation.judge(resource, resource.fhirType(), people, options).outcome(List.of(), language);
    }

    /** A bundle to carry out is judged as it would be carried out: as a whole first, then record by record. */
    private OperationOutcome judgeDelivery(Bundle bundle, List<Refusal> unread, Language language, Caller caller) {
        boolean entryByEntry = bundle.getType() == BundleType.BATCH
                && unread.stream().allMatch(fault -> entryOf(fault).isPresent());
        if (!unread.isEmpty() && !entryByEntry) {
            return Verdict.nothingToSay().outcome(unread, language);
        }
        List<Refusal> ofEnvelope = envelope.check(bundle);
        if (!ofEnvelope.isEmpty()) {
            return Verdict.nothingToSay().outcome(ofEnvelope, language);
        }
        Set<Integer> unreadable =
                unread.stream().flatMap(fault -> entryOf(fault).stream()).collect(Collectors.toSet());
        People people = validation.peopleOf(bundle, caller);
        return judgeEntries(bundle, unreadable, people).outcome(unread, language);
    }

    private Verdict judgeEntries(Bundle bundle, Set<Integer> unreadable, People people) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            BundleEntryComponent entry = bundle.getEntry().get(index);
            boolean writes =
                    entry.hasResource() && WRITING.contains(entry.getRequest().getMethod());
            if (writes && !unreadable.contains(index)) {
                verdicts.add(validation.judge(
                        entry.getResource(), "Bundle.entry[" + index + "].resource", people, new ValidationOptions()));
            }
        }
        return Verdict.of(verdicts);
    }

    private static Optional<Integer> entryOf(Refusal fault) {
        return fault.expression().stream()
                .map(IN_ENTRY::matcher)
                .filter(Matcher::find)
                .map(place -> Integer.valueOf(place.group(1)))
                .findFirst();
    }
}
