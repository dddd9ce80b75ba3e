package ml.keneya.store;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import ml.keneya.conformance.Canonicals;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.StorageRule;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sets what only the server may say of a record: the label that names its owner facility (decisions 14 and 15) and its
 * source (decision 16). Whatever the sender wrote there is replaced.
 */
@Interceptor(order = -100)
@Component
class LabelsOwner implements StorageRule {

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    void label(IBaseResource created, @Nullable RequestDetails request) {
        Caller caller = Caller.of(request);
        relabel((Resource) created, Optional.ofNullable(caller.facility()), caller);
    }

    /** A record stays with the facility that brought it, whoever corrects it later. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    void keepLabel(IBaseResource before, IBaseResource after, @Nullable RequestDetails request) {
        relabel((Resource) after, ownerOf(((Resource) before).getMeta()), Caller.of(request));
    }

    private static void relabel(Resource resource, Optional<String> owner, Caller caller) {
        Meta meta = resource.getMeta();
        meta.getSecurity().removeIf(label -> Canonicals.OWNER.equals(label.getSystem()));
        // A person is a national record and belongs to no site.
        if (!"Patient".equals(resource.fhirType())) {
            owner.ifPresent(code ->
                    meta.addSecurity(new Coding().setSystem(Canonicals.OWNER).setCode(code)));
        }
        meta.setSource(sourceOf(caller));
    }

    static Optional<String> ownerOf(Meta meta) {
        return meta.getSecurity().stream()
                .filter(label -> Canonicals.OWNER.equals(label.getSystem()))
                .map(Coding::getCode)
                .findFirst();
    }

    private static String sourceOf(Caller caller) {
        String source = Canonicals.SOURCE + "/" + caller.client();
        return caller.facility() == null ? source : source + "/" + caller.facility();
    }
}
