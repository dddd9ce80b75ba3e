package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.springframework.stereotype.Component;

/** Puts a refusal into words for filters, which stand before HAPI. */
@Component
public class AnswersAhead {

    private final FhirContext context;

    AnswersAhead(FhirContext context) {
        this.context = context;
    }

    public void refuse(RefusedException refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        OperationOutcome outcome = Outcomes.of(List.copyOf(refused.refusals()), language);
        byte[] body = context.newJsonParser().encodeResourceToString(outcome).getBytes(StandardCharsets.UTF_8);
        response.setStatus(refused.getStatusCode());
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
