package ml.keneya.intake;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import ml.keneya.fhir.AccessNotes;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says what has become of a delivery that was accepted for later, as FHIR's asynchronous interaction pattern does it:
 * 202 with {@code X-Progress} while it waits, then 200 with a batch-response of one entry that holds the answer.
 */
@Component
class AnswersDeliveryStatus implements FhirContribution {

    private final FhirContext context;
    private final DeliveriesOfCaller deliveries;

    AnswersDeliveryStatus(FhirContext context, DeliveriesOfCaller deliveries) {
        this.context = context;
        this.deliveries = deliveries;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    @Operation(name = "$delivery-status", idempotent = true, manualResponse = true)
    public void status(
            @OperationParam(name = "id", typeName = "string", min = 1, max = 1) @Nullable IPrimitiveType<String> id,
            ServletRequestDetails request)
            throws IOException {
        KeptDelivery delivery = deliveries.find(id, request);
        HttpServletResponse response = request.getServletResponse();
        Language language = Language.accepted(request.getHeader("Accept-Language"));
        if (delivery.httpStatus() == null) {
            response.setHeader(
                    "X-Progress",
                    Outcomes.message("delivery." + delivery.status().name(), language));
            response.setHeader("Retry-After", AcceptsForLater.SECONDS_TO_WAIT);
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        Bundle answer = answerOf(delivery);
        // Nothing comes out of the storage, and yet it tells of people.
        AccessNotes.shows(request, answer);
        byte[] body = context.newJsonParser().encodeResourceToString(answer).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/fhir+json;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private Bundle answerOf(KeptDelivery delivery) {
        Bundle answer = new Bundle().setType(BundleType.BATCHRESPONSE);
        BundleEntryComponent entry = answer.addEntry();
        int status = Objects.requireNonNull(delivery.httpStatus());
        entry.getResponse().setStatus(String.valueOf(status));
        if (delivery.outcome() != null) {
            IBaseResource outcome = context.newJsonParser().parseResource(delivery.outcome());
            if (status < 300) {
                entry.setResource((Resource) outcome);
            } else {
                entry.getResponse().setOutcome((Resource) outcome);
            }
        }
        return answer;
    }
}
