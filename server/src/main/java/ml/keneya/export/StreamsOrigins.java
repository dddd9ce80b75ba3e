package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import ml.keneya.export.ExportPart.Blocks;
import ml.keneya.intake.ProvenanceOfReceipts;
import org.hl7.fhir.r4.model.Provenance;
import org.springframework.stereotype.Component;

/** Writes the Provenance of the deliveries that exported records came with; targets are exported records only. */
@Component
class StreamsOrigins {

    /** Deliveries read with one statement; one may have brought a thousand records. */
    private static final int STEP = 200;

    private final ExportOrigins origins;
    private final ProvenanceOfReceipts receipts;
    private final FhirContext context;
    private final OpensFiles files;

    StreamsOrigins(ExportOrigins origins, ProvenanceOfReceipts receipts, FhirContext context, OpensFiles files) {
        this.origins = origins;
        this.receipts = receipts;
        this.context = context;
        this.files = files;
    }

    void write(ExportJob job, Blocks blocks, OutputStream stream) throws IOException {
        LinesOfFile lines = files.open(job);
        String from = blocks.first();
        Map<UUID, List<String>> step = origins.from(job.id(), from, blocks.last(), STEP);
        while (!step.isEmpty()) {
            for (Provenance provenance : receipts.of(step)) {
                lines.add("Provenance", context.newJsonParser().encodeResourceToString(provenance));
            }
            for (UUID receipt : step.keySet()) {
                // The smallest text that is larger.
                from = receipt + " ";
            }
            lines.handOn(stream);
            step = origins.from(job.id(), from, blocks.last(), STEP);
        }
    }
}
