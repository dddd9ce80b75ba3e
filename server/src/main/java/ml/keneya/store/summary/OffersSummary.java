package ml.keneya.store.summary;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code Patient/[id]/$summary} and {@code Patient/$summary?identifier=system|value}: allergies, medicines, problems
 * and vaccinations of a person, whichever site recorded them (International Patient Summary, operation summary). Who
 * may have it for which purpose the access table says, whose records are in it {@link GathersSummary}.
 */
@Component
class OffersSummary implements FhirContribution {

    private static final String CANONICAL = "http://hl7.org/fhir/uv/ips/OperationDefinition/summary";

    private final GathersSummary gathers;
    private final WritesSummary writes;

    OffersSummary(GathersSummary gathers, WritesSummary writes) {
        this.gathers = gathers;
        this.writes = writes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /** @param id of somebody whom the caller treats */
    @Operation(name = "$summary", typeName = "Patient", canonicalUrl = CANONICAL, idempotent = true)
    public Bundle summary(@IdParam IdType id, ServletRequestDetails request) {
        return writes.write(gathers.of(id.getIdPart(), request), language(request));
    }

    /**
     * @param identifier {@code system|value}: a national number, or one by which the caller knows who is meant
     * @throws RefusedException when it is absent or is none, and when the caller may not know of its holder
     */
    @Operation(name = "$summary", typeName = "Patient", canonicalUrl = CANONICAL, idempotent = true)
    public Bundle summary(
            @OperationParam(name = "identifier", typeName = "string") @Nullable IPrimitiveType<String> identifier,
            ServletRequestDetails request) {
        String number = identifier == null ? null : identifier.getValueAsString();
        if (number == null || number.isBlank()) {
            throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "identifier"));
        }
        int bar = number.indexOf('|');
        if (bar < 1 || bar == number.length() - 1) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "identifier", number));
        }
        return writes.write(
                gathers.of(number.substring(0, bar), number.substring(bar + 1), request), language(request));
    }

    private static Language language(ServletRequestDetails request) {
        return Language.accepted(request.getHeader("Accept-Language"));
    }
}
