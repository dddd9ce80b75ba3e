package ml.keneya.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.IfMatch;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.ExpectedVersion;
import ml.keneya.store.RecordId;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/** Reads which versions the entries of a bundle expect ({@code entry.request.ifMatch}). */
final class ExpectedVersions {

    private static final Set<HTTPVerb> WRITES = Set.of(HTTPVerb.PUT, HTTPVerb.PATCH, HTTPVerb.DELETE);
    private static final Pattern ADDRESS = Pattern.compile("(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})");

    private ExpectedVersions() {}

    static List<ExpectedVersion> of(Bundle bundle) {
        List<ExpectedVersion> expected = new ArrayList<>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            expected.addAll(of(bundle.getEntry().get(index), index));
        }
        return expected;
    }

    /** @param index of the entry in the bundle that was sent */
    static List<ExpectedVersion> of(BundleEntryComponent entry, int index) {
        BundleEntryRequestComponent request = entry.getRequest();
        if (!request.hasIfMatch() || !WRITES.contains(request.getMethod())) {
            return List.of();
        }
        String place = "Bundle.entry[" + index + "].request.ifMatch";
        Matcher address = ADDRESS.matcher(request.getUrl());
        if (!address.matches()) {
            throw new RefusedException(Refusal.of(RefusalCode.CONDITION_TWICE).at(place));
        }
        RecordId record = new RecordId(address.group(1), address.group(2));
        return List.of(new ExpectedVersion(record, IfMatch.read(request.getIfMatch(), place), place));
    }
}
