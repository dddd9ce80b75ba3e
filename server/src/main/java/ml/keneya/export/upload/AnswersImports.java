package ml.keneya.export.upload;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.InnerRequests;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.fhir.StreamedBodies;
import org.hl7.fhir.r4.model.Parameters;
import org.springframework.stereotype.Component;

/**
 * {@code POST $import}: records as lines, of any number, in one request. Lines are delivered while the rest is still on
 * its way; a sender that is too fast waits.
 */
@Component
class AnswersImports implements FhirContribution {

    /** Lines are delivered together until they have this many bytes. */
    private static final int DELIVERY = 2 * 1024 * 1024;

    private static final int MEGABYTE = 1024 * 1024;

    private final StreamedBodies bodies;
    private final InnerRequests requests;
    private final FhirContext context;
    private final ImportSettings settings;

    AnswersImports(StreamedBodies bodies, InnerRequests requests, FhirContext context, ImportSettings settings) {
        this.bodies = bodies;
        this.requests = requests;
        this.context = context;
        this.settings = settings;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    @Operation(name = "$import", manualRequest = true)
    public Parameters take(ServletRequestDetails request) {
        DeliversLines deliveries = new DeliversLines(requests, context, request);
        try (InputStream body = bodies.open(request, settings.maximumUpload())) {
            LinesOfUpload lines = new LinesOfUpload(body, bodies.longestLine());
            List<UploadedLine> together = new ArrayList<>();
            long bytes = 0;
            for (UploadedLine line = lines.next(); line != null; line = lines.next()) {
                boolean alone = line.tooLong() || line.standsAlone();
                bytes += line.text().length;
                if (alone || bytes > DELIVERY || together.size() == settings.linesPerDelivery()) {
                    // In order: a line may point to the ones before it.
                    deliveries.deliver(together);
                    together.clear();
                    bytes = line.text().length;
                }
                if (line.tooLong()) {
                    deliveries.leaveOut(line, bodies.longestLine() / MEGABYTE);
                } else if (alone) {
                    deliveries.deliverAlone(line);
                } else {
                    together.add(line);
                }
            }
            deliveries.deliver(together);
        } catch (IOException linkBroke) {
            // Nobody may hear it any more; what was delivered stays, and is recognised when it comes again.
            throw new RefusedException(Refusal.of(RefusalCode.UNREADABLE, ""));
        }
        return deliveries.summary().asParameters();
    }
}
