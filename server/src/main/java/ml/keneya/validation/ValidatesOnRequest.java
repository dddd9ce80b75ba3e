package ml.keneya.validation;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.regex.Pattern;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.FaultsInReading;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** {@code $validate} for one resource type; the verdict is the answer, so its status is 200 whatever it says. */
class ValidatesOnRequest implements IResourceProvider {

    private static final Pattern IN_PARAMETERS = Pattern.compile("^Parameters\\.parameter\\[\\d+]\\.resource");

    private final Class<? extends IBaseResource> type;
    private final Judge judge;
    private final DaoRegistry records;

    ValidatesOnRequest(Class<? extends IBaseResource> type, Judge judge, DaoRegistry records) {
        this.type = type;
        this.judge = judge;
        this.records = records;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return type;
    }

    @Operation(
            name = "$validate",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/Resource-validate",
            idempotent = true)
    public OperationOutcome validate(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "resource") @Nullable IBaseResource sent,
            @OperationParam(name = "mode", typeName = "code") @Nullable IPrimitiveType<String> mode,
            @OperationParam(name = "profile", typeName = "uri") @Nullable IPrimitiveType<String> profile,
            RequestDetails request) {
        if (mode != null && "delete".equals(mode.getValue())) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "mode", "delete"));
        }
        IBaseResource resource = sent == null ? stored(id, request) : sent;
        if (!type.isInstance(resource)) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "resource", resource.fhirType()));
        }
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        List<Refusal> unread = FaultsInReading.of(request).stream()
                .map(fault -> fromTheTopOf(resource, fault))
                .toList();
        return judge.judge(resource, profile == null ? null : profile.getValue(), unread, language, Caller.of(request));
    }

    /** A resource that came inside of Parameters is judged as if it had come alone. */
    private static Refusal fromTheTopOf(IBaseResource resource, Refusal fault) {
        return fault.at(fault.expression().stream()
                .map(place -> IN_PARAMETERS.matcher(place).replaceFirst(resource.fhirType()))
                .toArray(String[]::new));
    }

    private IBaseResource stored(@Nullable IdType id, RequestDetails request) {
        if (id == null || !id.hasIdPart()) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "« resource »"));
        }
        // A copy: the validator prefers the text that a resource was read from, and stored text lacks part of its meta.
        return ((Resource) records.getResourceDao(type).read(id, request)).copy();
    }
}
