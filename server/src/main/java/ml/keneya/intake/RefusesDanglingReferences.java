package ml.keneya.intake;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.intake.ReferencesInRecord.Place;
import ml.keneya.store.CurrentVersions;
import ml.keneya.store.RecordId;
import ml.keneya.store.Visibility;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Refuses records that point to nothing. HAPI checks only references that a search parameter looks at, and names the
 * parameter's path instead of the entry.
 */
@Interceptor(order = 200)
@Component
class RefusesDanglingReferences implements FhirContribution {

    /** Nobody corrects more of them at once. */
    private static final int MOST_NAMED = 50;

    private final CurrentVersions versions;
    private final Visibility visibility;

    RefusesDanglingReferences(CurrentVersions versions, Visibility visibility) {
        this.versions = versions;
        this.visibility = visibility;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerInterceptor(this);
    }

    /** A record that is sent alone; those in a bundle are looked at together. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    void checkSingle(RequestDetails request, RestOperationTypeEnum operation) {
        boolean written = operation == RestOperationTypeEnum.CREATE || operation == RestOperationTypeEnum.UPDATE;
        if (written && request.getResource() instanceof Resource record) {
            ReferenceTargets targets = new ReferenceTargets(request.getFhirServerBase());
            // What is created gets another id than the one it was sent with, which may be somebody else's.
            check(
                    ReferencesInRecord.of(record, record.fhirType()),
                    operation == RestOperationTypeEnum.UPDATE ? targets.bring(record) : targets,
                    Caller.of(request));
        }
    }

    /**
     * Of a patched record only what it did not point to before: the rest is not this sender's doing.
     *
     * @param besides what is still to come in the same transaction
     */
    void checkNew(Resource before, Resource after, RequestDetails request, ReferenceTargets besides) {
        Set<String> pointedTo = ReferencesInRecord.of(before, before.fhirType()).stream()
                .map(Place::target)
                .collect(Collectors.toSet());
        List<Place> added = ReferencesInRecord.of(after, after.fhirType()).stream()
                .filter(reference -> !pointedTo.contains(reference.target()))
                .toList();
        check(added, besides.bring(after), Caller.of(request));
    }

    void check(Bundle bundle, RequestDetails request) {
        List<Place> references = IntStream.range(0, bundle.getEntry().size())
                .boxed()
                .flatMap(index -> of(bundle.getEntry().get(index), index).stream())
                .toList();
        check(references, new ReferenceTargets(request.getFhirServerBase()).bring(bundle), Caller.of(request));
    }

    /** @param index of the entry in the bundle that was sent */
    void check(BundleEntryComponent entry, int index, RequestDetails request) {
        Bundle alone = new Bundle();
        alone.getEntry().add(entry);
        check(of(entry, index), new ReferenceTargets(request.getFhirServerBase()).bring(alone), Caller.of(request));
    }

    private static List<Place> of(BundleEntryComponent entry, int index) {
        return EntryValidation.writesItsResource(entry)
                ? ReferencesInRecord.of(entry.getResource(), "Bundle.entry[" + index + "].resource")
                : List.of();
    }

    private void check(List<Place> references, ReferenceTargets targets, Caller caller) {
        List<Place> open = new ArrayList<>(references);
        open.removeIf(reference -> targets.settle(reference.target()));
        Set<RecordId> pointedTo = open.stream()
                .map(reference -> targets.record(reference.target()).orElse(null))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Set<RecordId> missing = new HashSet<>(versions.missing(pointedTo));
        // Whether there is a record of somebody else is not for the sender to know.
        missing.addAll(visibility.hidden(pointedTo, caller));
        List<Refusal> refusals = open.stream()
                .filter(reference -> targets.record(reference.target())
                        .map(missing::contains)
                        .orElse(true))
                .limit(MOST_NAMED)
                .map(reference -> Refusal.of(RefusalCode.UNRESOLVED_REFERENCE, reference.target())
                        .at(reference.expression()))
                .toList();
        if (!refusals.isEmpty()) {
            throw new RefusedException(refusals, List.of());
        }
    }
}
