package ml.keneya.intake;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.store.EntryAddress;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;

/** Refuses a bundle that cannot be carried out whatever its records say. Looks at the envelope only. */
final class BundleRules {

    private static final Set<HTTPVerb> WRITE_BY_ID = EnumSet.of(HTTPVerb.PUT, HTTPVerb.PATCH, HTTPVerb.DELETE);

    private final int maximumEntries;

    BundleRules(int maximumEntries) {
        this.maximumEntries = maximumEntries;
    }

    void check(Bundle bundle) {
        BundleType type = bundle.getType();
        if (type != BundleType.TRANSACTION && type != BundleType.BATCH) {
            refuse(Refusal.of(RefusalCode.BUNDLE_TYPE, type == null ? "?" : type.toCode())
                    .at("Bundle.type"));
        }
        if (bundle.getEntry().isEmpty()) {
            refuse(Refusal.of(RefusalCode.BUNDLE_EMPTY).at("Bundle.entry"));
        }
        int entries = bundle.getEntry().size();
        if (entries > maximumEntries) {
            refuse(Refusal.of(RefusalCode.TOO_MANY_ENTRIES, String.valueOf(entries), String.valueOf(maximumEntries))
                    .at("Bundle.entry"));
        }
        checkEntries(bundle);
        if (type == BundleType.TRANSACTION) {
            refuseSameConditions(bundle);
            refuseSameRecords(bundle);
        }
    }

    /**
     * FHIR R4, transaction rules: a resource appears once. HAPI would delete first and then create what was deleted.
     */
    private static void refuseSameRecords(Bundle bundle) {
        Set<String> records = new HashSet<>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            BundleEntryRequestComponent request = bundle.getEntry().get(index).getRequest();
            boolean byId = WRITE_BY_ID.contains(request.getMethod())
                    && !request.getUrl().contains("?");
            if (byId
                    && !records.add(new IdType(request.getUrl())
                            .toUnqualifiedVersionless()
                            .getValue())) {
                refuse(Refusal.of(RefusalCode.SAME_RECORD, request.getUrl()).at("Bundle.entry[" + index + "].request"));
            }
        }
    }

    /** Two entries of one transaction that may both create the same record: HAPI drops one and answers for none. */
    private static void refuseSameConditions(Bundle bundle) {
        Set<String> conditions = new HashSet<>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            BundleEntryRequestComponent request = bundle.getEntry().get(index).getRequest();
            boolean creates = request.getMethod() == HTTPVerb.POST && request.hasIfNoneExist();
            boolean updates =
                    request.getMethod() == HTTPVerb.PUT && request.getUrl().contains("?");
            String condition = creates ? request.getUrl() + "?" + request.getIfNoneExist() : request.getUrl();
            if ((creates || updates) && !conditions.add(condition)) {
                refuse(Refusal.of(RefusalCode.SAME_CONDITION, condition).at("Bundle.entry[" + index + "].request"));
            }
        }
    }

    private static void checkEntries(Bundle bundle) {
        Set<String> fullUrls = new HashSet<>();
        for (int index = 0; index < bundle.getEntry().size(); index++) {
            BundleEntryComponent entry = bundle.getEntry().get(index);
            String path = "Bundle.entry[" + index + "]";
            HTTPVerb verb = entry.getRequest().getMethod();
            boolean needsResource = verb == HTTPVerb.POST || verb == HTTPVerb.PUT || verb == HTTPVerb.PATCH;
            if (verb == null || !entry.getRequest().hasUrl()) {
                refuse(Refusal.of(RefusalCode.ENTRY_WITHOUT_REQUEST).at(path + ".request"));
            }
            EntryAddress.check(entry.getRequest(), path);
            if (needsResource && !entry.hasResource()) {
                refuse(Refusal.of(RefusalCode.ENTRY_WITHOUT_RESOURCE).at(path + ".resource"));
            }
            if (needsResource && RefusesParkedTransactions.isParked(entry.getResource())) {
                refuse(RefusesParkedTransactions.refusal((Bundle) entry.getResource())
                        .at(path + ".resource.type"));
            }
            if (verb != HTTPVerb.GET && entry.hasFullUrl() && !fullUrls.add(entry.getFullUrl())) {
                refuse(Refusal.of(RefusalCode.DUPLICATE_FULL_URL, entry.getFullUrl())
                        .at(path + ".fullUrl"));
            }
        }
    }

    private static void refuse(Refusal refusal) {
        throw new RefusedException(refusal);
    }
}
