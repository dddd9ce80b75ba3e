package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * An expert hub answers requests that were sent to it, and nothing else; the answer is kept as a record of the site
 * that asked, which alone needs it (decision 0108), and which does not change what another signed. After
 * {@link LabelsOwner}.
 */
@Interceptor(order = -90)
@Component
class LabelsAnswers implements StorageRule {

    private final Visibility visibility;

    LabelsAnswers(Visibility visibility) {
        this.visibility = visibility;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void label(IBaseResource created, @Nullable RequestDetails request) {
        Caller caller = Caller.of(request);
        if (caller.role() != Role.EXPERT_HUB || !(created instanceof Communication answer)) {
            return;
        }
        Set<RecordId> requests = answer.getBasedOn().stream()
                .map(Reference::getReferenceElement)
                .filter(reference -> "ServiceRequest".equals(reference.getResourceType()) && reference.hasIdPart())
                .map(reference -> new RecordId("ServiceRequest", reference.getIdPart()))
                .collect(Collectors.toSet());
        Map<RecordId, Optional<String>> owners = visibility.owners(requests);
        Set<String> asking = owners.values().stream().flatMap(Optional::stream).collect(Collectors.toSet());
        boolean sent =
                !requests.isEmpty() && visibility.hidden(requests, caller).isEmpty();
        if (!sent || asking.size() != 1 || owners.size() != requests.size()) {
            throw new RefusedException(Refusal.of(RefusalCode.ANSWERS_NOBODY).at("Communication.basedOn"));
        }
        answer.getMeta().getSecurity().removeIf(label -> Canonicals.OWNER.equals(label.getSystem()));
        asking.forEach(site -> answer.getMeta()
                .addSecurity(new Coding().setSystem(Canonicals.OWNER).setCode(site)));
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void keep(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        keep(before, request);
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_DELETED)
    void keep(IBaseResource before, @Nullable RequestDetails request) {
        Caller caller = Caller.of(request);
        if (caller.role() == Role.SITE
                && before instanceof Communication answer
                && LabelsOwner.ownerOf(answer.getMeta()).equals(Optional.ofNullable(caller.facility()))
                && isOfAHub(answer, Objects.requireNonNull(caller.facility()))) {
            throw new RefusedException(Refusal.of(RefusalCode.ANSWER_OF_ANOTHER));
        }
    }

    /** What a site brought itself names the site as its source. */
    private static boolean isOfAHub(Communication answer, String site) {
        String source = answer.getMeta().getSource();
        return source != null
                && source.startsWith(Canonicals.SOURCE + "/")
                && source.indexOf('/', Canonicals.SOURCE.length() + 1) > 0
                && !source.endsWith("/" + site);
    }
}
