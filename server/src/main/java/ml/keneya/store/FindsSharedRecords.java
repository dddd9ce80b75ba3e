package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets districts, the agency, expert hubs and social services find what is shared with them, and keeps them from
 * bringing anything new under an id that they choose. What leaves storage is looked at by
 * {@link ShowsOnlyWhatIsVisible} as for everybody.
 */
@Interceptor(order = -200)
@Component
class FindsSharedRecords implements StorageRule {

    /** A search names at most so many records; older ones are read by id. */
    private static final int MOST = 2_000;

    /** No legal id, so that nobody has it. */
    private static final String NOTHING = "_nothing_";

    private final List<SharesRecords> shares;
    private final RestrictedRecords restricted;

    FindsSharedRecords(List<SharesRecords> shares, RestrictedRecords restricted) {
        this.shares = List.copyOf(shares);
        this.restricted = restricted;
    }

    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    void narrow(ICachedSearchDetails search, SearchParameterMap parameters, @Nullable RequestDetails request) {
        Caller caller = Caller.of(request);
        String type = String.valueOf(search.getResourceType());
        List<SharesRecords> concerned =
                shares.stream().filter(each -> each.mayShare(type, caller)).toList();
        if (concerned.isEmpty()) {
            return;
        }
        Set<RecordId> found = new LinkedHashSet<>();
        for (SharesRecords each : concerned) {
            Set<RecordId> newest = new LinkedHashSet<>();
            each.newest(type, caller, MOST).forEach(id -> newest.add(new RecordId(type, id)));
            if (!each.judgesLabels()) {
                newest.removeAll(restricted.among(newest));
            }
            found.addAll(newest);
        }
        TokenOrListParam any = new TokenOrListParam();
        found.forEach(record -> any.add(record.id()));
        // HAPI takes no list of ids that the client has already given in the same words, and none that is empty.
        parameters.add("_id", any.add(NOTHING));
    }

    /** An update of what there is not would create it; the answer is that of a record that is not shown. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void bringNothingNew(IBaseResource created, @Nullable RequestDetails request) {
        Caller.Role role = Caller.of(request).role();
        boolean answers = role == Caller.Role.EXPERT_HUB && "Communication".equals(created.fhirType());
        if (role.actsOnWhatOthersBrought() && !answers) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.NOT_FOUND, request == null ? "" : String.valueOf(request.getRequestPath())));
        }
    }
}
