package ml.keneya.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.store.SafeCondition;
import ml.keneya.validation.RecordValidation;
import ml.keneya.validation.Verdict;
import ml.keneya.validation.plausibility.People;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.springframework.stereotype.Component;

/** Has every record of a bundle checked, before the transaction begins (decision 19). */
@Component
class EntryValidation {

    private static final Pattern TYPE = Pattern.compile("(?:https?://.*/)?([A-Za-z]{1,64})(?:[/?].*)?", Pattern.DOTALL);

    private final RecordValidation validation;
    private final ServedTypes served;

    EntryValidation(RecordValidation validation, ServedTypes served) {
        this.validation = validation;
        this.served = served;
    }

    /** One verdict an entry, in the order of the bundle; reads, deletions and patches have nothing to check yet. */
    List<Verdict> check(Bundle bundle, Caller caller) {
        People people = validation.peopleOf(bundle, caller);
        List<Verdict> verdicts = new ArrayList<>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            verdicts.add(check(bundle.getEntry().get(index), index, people));
        }
        return verdicts;
    }

    /** Those whom the records of the bundle are about, as they are named before anything of it is stored. */
    People peopleOf(Bundle bundle, Caller caller) {
        return validation.peopleOf(bundle, caller);
    }

    Verdict check(BundleEntryComponent entry, int index, People people) {
        String request = "Bundle.entry[" + index + "].request";
        checkType(entry, request);
        checkCondition(entry, request);
        return writesItsResource(entry)
                ? validation.check(entry.getResource(), "Bundle.entry[" + index + "].resource", people)
                : Verdict.of(List.of());
    }

    /** HAPI would refuse it too, without a place and in words that name our insides. */
    private void checkType(BundleEntryComponent entry, String place) {
        Matcher type = TYPE.matcher(String.valueOf(entry.getRequest().getUrl()));
        if (!ReadEntries.isRead(entry) && type.matches() && !served.names().contains(type.group(1))) {
            throw new RefusedException(Refusal.of(RefusalCode.UNSERVED_TYPE, type.group(1), served.inWords())
                    .at(place + ".url"));
        }
    }

    private static void checkCondition(BundleEntryComponent entry, String place) {
        String url = entry.getRequest().getUrl();
        if (entry.getRequest().getMethod() == HTTPVerb.POST) {
            SafeCondition.check(entry.getRequest().getIfNoneExist(), place + ".ifNoneExist");
        }
        if (entry.getRequest().getMethod() == HTTPVerb.PUT && url.contains("?")) {
            SafeCondition.check(url, place + ".url");
        }
    }

    /** A copy for one try of the transaction, whose records and conditions are known to be checked. */
    static Bundle freshCopy(Bundle checked) {
        Bundle copy = checked.copy();
        copy.getEntry().forEach(entry -> entry.getRequest().setIfMatch(null));
        copy.getEntry().stream()
                .filter(EntryValidation::writesItsResource)
                .forEach(entry -> RecordValidation.markChecked(entry.getResource()));
        return copy;
    }

    static boolean writesItsResource(BundleEntryComponent entry) {
        HTTPVerb verb = entry.getRequest().getMethod();
        return entry.hasResource() && (verb == HTTPVerb.POST || verb == HTTPVerb.PUT);
    }
}
