package ml.keneya.intake;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.store.EntryAddress;
import ml.keneya.store.RecordId;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What the references of a delivery may point to without looking into the database: what the delivery itself brings.
 */
final class ReferenceTargets {

    /** A colon further on makes no address of a reference: HAPI would take what stands before it for a record. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

    private static final Pattern RELATIVE =
            Pattern.compile("([A-Z][A-Za-z]{1,63})/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?");
    private static final Pattern PLACEHOLDER = Pattern.compile("urn:(uuid|oid):.*");

    private final String base;

    /** What references must say letter by letter: addresses of entries, and what is created under a name. */
    private final Set<String> named = new HashSet<>();

    /** What is written where it says, in whatever version a reference names it. */
    private final Set<String> written = new HashSet<>();

    ReferenceTargets(String base) {
        this.base = base;
    }

    ReferenceTargets bring(Bundle bundle) {
        for (BundleEntryComponent entry : bundle.getEntry()) {
            HTTPVerb verb = entry.getRequest().getMethod();
            if (verb == HTTPVerb.GET || verb == HTTPVerb.HEAD || verb == HTTPVerb.DELETE) {
                continue;
            }
            if (entry.hasFullUrl() && isOfNoRecordHere(entry.getFullUrl())) {
                named.add(entry.getFullUrl());
            }
            if (verb != HTTPVerb.POST) {
                // Whether the sender may write there is looked at elsewhere.
                EntryAddress.record(entry.getRequest().getUrl())
                        .ifPresent(record -> written.add(record.type() + "/" + record.id()));
            } else if (entry.hasResource()) {
                bringNamed(entry.getResource(), entry.getFullUrl());
            }
        }
        return this;
    }

    /**
     * What is created goes by the end of its address, if that names its own type and it bears no id itself: only then
     * HAPI puts the new id into references to it. Any other reference stays as it is and points into the database, an
     * address of ours too: somebody else's record may stand there.
     */
    private void bringNamed(Resource created, @Nullable String fullUrl) {
        String type = created.fhirType() + "/";
        boolean bearsAnId = created.getIdElement().hasIdPart();
        if (!bearsAnId && fullUrl != null && lastTwoSteps(fullUrl).startsWith(type)) {
            named.add(lastTwoSteps(fullUrl));
            named.add(base + "/" + lastTwoSteps(fullUrl));
        }
    }

    ReferenceTargets bring(Resource record) {
        written.add(record.fhirType() + "/" + record.getIdElement().getIdPart());
        return this;
    }

    /** True when the reference points to what the delivery brings, or is none that we could follow. */
    boolean settle(String reference) {
        boolean inItself = reference.startsWith("#") || reference.contains("?");
        boolean elsewhere = isOfNoRecordHere(reference) && !isPlaceholder(reference);
        return inItself || elsewhere || named.contains(reference) || written.contains(lastTwoSteps(reference));
    }

    /** The record that must then be in the database; nothing when the reference can never name one. */
    Optional<RecordId> record(String reference) {
        String relative = isOurs(reference) ? reference.substring(base.length() + 1) : reference;
        Matcher matcher = RELATIVE.matcher(relative);
        return matcher.matches() ? Optional.of(new RecordId(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** HAPI takes what stands before {@code Type/id} for an address only if it is long enough for one. */
    private boolean isOfNoRecordHere(String address) {
        return SCHEME.matcher(address).lookingAt()
                && !isOurs(address)
                && (address.startsWith("urn:") || new IdType(address).hasBaseUrl());
    }

    private boolean isOurs(String reference) {
        return reference.startsWith(base + "/");
    }

    private static boolean isPlaceholder(String reference) {
        return PLACEHOLDER.matcher(reference).matches();
    }

    private static String lastTwoSteps(String address) {
        int history = address.indexOf("/_history/");
        String versionless = history < 0 ? address : address.substring(0, history);
        int id = versionless.lastIndexOf('/');
        int type = id < 0 ? -1 : versionless.lastIndexOf('/', id - 1);
        return versionless.substring(type + 1);
    }
}
