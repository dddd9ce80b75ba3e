package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.interceptor.model.PrePatchDetails;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.util.ICachedSearchDetails;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Holds what a caller sees on every way to a record. Searches get one more condition, so that pages and totals are
 * right; whatever comes out of storage is looked at again, with what searches bring along; what is not seen is not
 * changed.
 */
@Interceptor(order = -200)
@Component
class ShowsOnlyWhatIsVisible implements StorageRule {

    private static final String NOBODY = "nobody";

    /** On a record that is being written. */
    private static final String WRITTEN = ShowsOnlyWhatIsVisible.class.getName() + ".written";

    private final Visibility visibility;
    private final Treatments treatments;

    ShowsOnlyWhatIsVisible(Visibility visibility, Treatments treatments) {
        this.visibility = visibility;
        this.treatments = treatments;
    }

    @Hook(Pointcut.STORAGE_PRESEARCH_REGISTERED)
    void narrow(ICachedSearchDetails search, SearchParameterMap parameters, @Nullable RequestDetails request) {
        Caller caller = Caller.of(request);
        String type = String.valueOf(search.getResourceType());
        boolean gathers = parameters.getEverythingMode() != null;
        if (caller.role() != Role.SITE || Visibility.isShared(type) || gathers) {
            return;
        }
        String facility = Objects.requireNonNullElse(caller.facility(), NOBODY);
        if ("Patient".equals(type)) {
            parameters.add("_id", new TreatedHere(facility));
        } else {
            // FHIR has an owner of a task, who is somebody else.
            parameters.add(
                    "Task".equals(type) ? "owner-facility" : "owner", new TokenParam(Canonicals.OWNER, facility));
        }
    }

    @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
    void leaveOut(IPreResourceAccessDetails records, @Nullable RequestDetails request) {
        Caller caller = Caller.of(request);
        if (!caller.role().isUnrestricted()) {
            List<IBaseResource> all = IntStream.range(0, records.size())
                    .mapToObj(records::getResource)
                    .toList();
            // HAPI passes over a record of a bundle that was left out before it has stored its content: it would be
            // acknowledged and empty. What is shown of it afterwards is decided by hide.
            visibility.hiddenAmong(all, caller, SeenByCaller.of(request)).stream()
                    .filter(place -> all.get(place).getUserData(WRITTEN) == null)
                    .forEach(records::setDontReturnResourceAtIndex);
        }
    }

    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    void hide(IPreResourceShowDetails records, @Nullable RequestDetails request) {
        Caller caller = Caller.of(request);
        if (!caller.role().isUnrestricted()) {
            List<IBaseResource> all = IntStream.range(0, records.size())
                    .mapToObj(records::getResource)
                    .toList();
            visibility
                    .hiddenAmong(all, caller, SeenByCaller.of(request))
                    .forEach(place -> records.setResource(place, null));
        }
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void written(IBaseResource record) {
        record.setUserData(WRITTEN, true);
    }

    /** Before anything is tried on it: what becomes of a patch tells what it was applied to. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_PREPATCH)
    void keepOthers(PrePatchDetails patch, @Nullable RequestDetails request) {
        refuseUnlessSeen(patch.getResource(), request);
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void keepOthers(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        refuseUnlessSeen(before, request);
        after.setUserData(WRITTEN, true);
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
    void keepOthers(IBaseResource deleted, @Nullable RequestDetails request) {
        refuseUnlessSeen(deleted, request);
    }

    /** Whoever sends somebody's record treats her. */
    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
    void created(IBaseResource record, @Nullable RequestDetails request) {
        note(record, Caller.of(request));
    }

    @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
    void updated(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        note(after, Caller.of(request));
    }

    private void note(IBaseResource record, Caller caller) {
        if (record instanceof Resource resource && "Patient".equals(resource.fhirType()) && caller.facility() != null) {
            treatments.note(caller.facility(), resource.getIdElement().getIdPart());
        }
    }

    private void refuseUnlessSeen(IBaseResource record, @Nullable RequestDetails request) {
        if (!visibility.sees(record, Caller.of(request))) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.NOT_FOUND, request == null ? "" : String.valueOf(request.getRequestPath())));
        }
    }
}
