package ml.keneya.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The answer to a finished export (Bulk Data Access 2.0, "Output Manifest"). */
final class Manifest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    private Manifest() {}

    /** @param base where the files are fetched */
    static byte[] of(ExportJob job, List<ExportPart> parts, String base, boolean requiresAccessToken) {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("transactionTime", INSTANT.format(job.at().taken()));
        manifest.put("request", job.address());
        manifest.put("requiresAccessToken", requiresAccessToken);
        ArrayNode output = manifest.putArray("output");
        ArrayNode deleted = manifest.putArray("deleted");
        for (ExportPart part : parts) {
            ObjectNode file = (part.deletions() ? deleted : output).addObject();
            file.put("type", part.deletions() ? "Bundle" : part.resourceType());
            file.put("url", base + "/$export-file?_jobId=" + job.id() + "&_part=" + part.number());
            file.put("count", part.deletions() ? lines(part) : part.records());
        }
        manifest.putArray("error");
        try {
            return JSON.writeValueAsString(manifest).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Texts and numbers only.", impossible);
        }
    }

    private static long lines(ExportPart deletions) {
        return (deletions.records() + StreamsParts.DELETIONS - 1) / StreamsParts.DELETIONS;
    }
}
