package ml.keneya.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to an export (Bulk Data Access 3.0, "Output Manifest"). */
final class Manifest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.UTC);

    private Manifest() {}

    /**
     * What a manifest lists.
     *
     * @param leftOut how many records are in no file; null when that is not known to the end
     * @param first whether no other manifest of the export comes before it
     * @param next where the files are listed that this one does not list; null when there are none
     */
    record Listed(
            List<ExportPart> parts,
            @Nullable Long leftOut,
            boolean first,
            @Nullable String next) {}

    /** @param base where the files are fetched */
    static byte[] of(ExportJob job, Listed listed, String base, boolean requiresAccessToken) {
        ObjectNode manifest = begun(job, requiresAccessToken);
        manifest.put("request", job.address());
        String organizedBy = job.request().organizedBy();
        if (organizedBy != null) {
            manifest.put("outputOrganizedBy", organizedBy);
            manifest.put("outputOrganizedByDetail", detail(listed.leftOut()));
        }
        ArrayNode output = manifest.putArray("output");
        ArrayNode deleted = manifest.putArray("deleted");
        for (ExportPart part : listed.parts()) {
            ObjectNode file = file(job, part, base, part.deletions() ? deleted : output);
            if (organizedBy == null) {
                file.put("type", part.deletions() ? "Bundle" : part.resourceType());
            }
        }
        if (listed.next() != null) {
            manifest.putArray("link").addObject().put("relation", "next").put("url", listed.next());
        }
        ArrayNode error = manifest.putArray("error");
        if (listed.first() && WithheldTypes.areIn(job)) {
            error.addObject()
                    .put("url", address(job, WithheldTypes.PART, base))
                    .put("count", 1)
                    .put("type", "OperationOutcome");
        }
        return bytes(manifest);
    }

    /**
     * The manifest of what was published without being asked for (Bulk Data Access 4.0, ballot).
     *
     * @param every how often another is published
     */
    static byte[] published(
            ExportJob job, List<ExportPart> parts, Duration every, String base, boolean requiresAccessToken) {
        ObjectNode manifest = begun(job, requiresAccessToken);
        manifest.put("manifestType", "http://hl7.org/fhir/uv/bulkdata/StructureDefinition/BulkPublishManifest");
        manifest.put("updateCadence", every.toString());
        ArrayNode output = manifest.putArray("output");
        parts.forEach(part -> file(job, part, base, output).put("type", part.resourceType()));
        return bytes(manifest);
    }

    private static ObjectNode begun(ExportJob job, boolean requiresAccessToken) {
        return JSON.createObjectNode()
                .put("transactionTime", INSTANT.format(job.at().taken()))
                .put("requiresAccessToken", requiresAccessToken);
    }

    private static ObjectNode file(ExportJob job, ExportPart part, String base, ArrayNode files) {
        return files.addObject()
                .put("url", address(job, part.number(), base))
                .put("count", part.deletions() ? lines(part) : part.records());
    }

    private static String address(ExportJob job, long part, String base) {
        return base + "/$export-file?_jobId=" + job.id() + "&_part=" + part;
    }

    private static byte[] bytes(ObjectNode manifest) {
        try {
            return JSON.writeValueAsString(manifest).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Texts and numbers only.", impossible);
        }
    }

    /** In English, as all of the manifest: it is read by programs and their authors. */
    private static String detail(@Nullable Long leftOut) {
        String whose = "What belongs to a patient by the patient compartment of FHIR R4, without Group and List.";
        return leftOut == null
                ? whose
                : whose + " Records of these types that refer to no patient and are in no file: " + leftOut + ".";
    }

    private static long lines(ExportPart deletions) {
        return (deletions.records() + StreamsParts.DELETIONS - 1) / StreamsParts.DELETIONS;
    }
}
