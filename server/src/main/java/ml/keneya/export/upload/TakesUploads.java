package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.io.InputStream;
import ml.keneya.export.upload.DeliversLines.Sender;
import ml.keneya.export.upload.GathersLines.Lines;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StreamedBodies;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.stereotype.Component;

/**
 * Takes lines of any number in one request. They are delivered while the rest is still on its way; a sender that is too
 * fast waits.
 */
@Component
class TakesUploads {

    private final StreamedBodies bodies;
    private final GathersLines gathers;
    private final InnerRequests requests;
    private final FhirContext context;
    private final ImportSettings settings;

    // Five collaborators: what is sent, how it is put together, where it goes, in which words, and how much it may be.
    TakesUploads(
            StreamedBodies bodies,
            GathersLines gathers,
            InnerRequests requests,
            FhirContext context,
            ImportSettings settings) {
        this.bodies = bodies;
        this.gathers = gathers;
        this.requests = requests;
        this.context = context;
        this.settings = settings;
    }

    Parameters take(ServletRequestDetails request) {
        DeliversLines deliveries = new DeliversLines(requests, context, sender(request));
        try (InputStream body = bodies.open(request, settings.maximumUpload())) {
            gathers.deliver(new Lines(body, 0, settings.linesPerDelivery()), deliveries, line -> {});
        } catch (IOException linkBroke) {
            // Nobody may hear it any more; what was delivered stays, and is recognised when it comes again.
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, ""));
        }
        return deliveries.summary().asParameters();
    }

    private static Sender sender(ServletRequestDetails request) {
        String name = request.getHeader(DeliversLines.KEY);
        return new Sender(
                request.getFhirServerBase(),
                Caller.of(request),
                request.getHeader("Accept-Language"),
                name == null || name.isBlank() ? null : name.strip());
    }
}
