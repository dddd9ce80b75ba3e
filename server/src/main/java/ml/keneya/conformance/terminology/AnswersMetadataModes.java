package ml.keneya.conformance.terminology;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IRestfulServer;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.springframework.stereotype.Component;

/**
 * Answers {@code metadata?mode=terminology} with the TerminologyCapabilities (decision 24), and refuses modes that FHIR
 * does not know. HAPI answers every mode with the CapabilityStatement.
 */
@Interceptor(order = 2000)
@Component
class AnswersMetadataModes {

    private static final Set<String> ANSWERED_BY_CAPABILITY_STATEMENT = Set.of("full", "normative");

    private final DescribesTerminology terminology;

    AnswersMetadataModes(DescribesTerminology terminology) {
        this.terminology = terminology;
    }

    /** @return false when the request is answered here */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    boolean answer(ServletRequestDetails request) throws IOException {
        if (!"metadata".equals(request.getOperation()) || request.getResourceName() != null) {
            return true;
        }
        String mode = Stream.ofNullable(request.getParameters().get("mode"))
                .flatMap(Arrays::stream)
                .findFirst()
                .orElse("full");
        if (ANSWERED_BY_CAPABILITY_STATEMENT.contains(mode)) {
            return true;
        }
        if (!"terminology".equals(mode)) {
            throw new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "mode", mode));
        }
        IRestfulServer<?> server = request.getServer();
        RestfulServerUtils.streamResponseAsResource(
                server,
                terminology.of(server, request.getFhirServerBase()),
                Set.of(),
                200,
                false,
                request.isRespondGzip(),
                request);
        return false;
    }
}
