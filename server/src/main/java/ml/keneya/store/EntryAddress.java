package ml.keneya.store;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/**
 * Reads where an entry of a bundle writes. HAPI 8.8.0 takes {@code Patient/1?}, {@code Patient/1/} and the like for the
 * record itself, so whoever looks at the record first must read the same, and what can be read in two ways is refused.
 */
public final class EntryAddress {

    private static final Pattern RECORD = Pattern.compile("(?:.*/)?([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})");
    private static final Pattern UNCLEAR = Pattern.compile(".*/|.*#.*|.*//.*", Pattern.DOTALL);
    private static final Set<HTTPVerb> BY_ID = Set.of(HTTPVerb.PUT, HTTPVerb.PATCH, HTTPVerb.DELETE);

    private EntryAddress() {}

    /** The record that an address names, whatever search follows it. */
    public static Optional<RecordId> record(String url) {
        Matcher record = RECORD.matcher(path(url));
        return record.matches() ? Optional.of(new RecordId(record.group(1), record.group(2))) : Optional.empty();
    }

    /**
     * @param place of the entry in what was sent
     * @throws RefusedException when the entry writes to an address that names a record and searches as well, or that
     *     does not end with its name
     */
    public static void check(BundleEntryRequestComponent request, String place) {
        String url = String.valueOf(request.getUrl());
        if (!BY_ID.contains(request.getMethod())) {
            return;
        }
        boolean both = url.contains("?") && record(url).isPresent();
        if (both || UNCLEAR.matcher(path(url).replaceFirst("^https?://", "")).matches()) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.UNCLEAR_ADDRESS, url).at(place + ".request.url"));
        }
    }

    private static String path(String url) {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }
}
