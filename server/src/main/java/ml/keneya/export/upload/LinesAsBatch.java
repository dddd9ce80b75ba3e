package ml.keneya.export.upload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.keneya.conformance.Canonicals;

/** Makes of lines the batch that a clinic would send, without parsing the records. */
final class LinesAsBatch {

    private LinesAsBatch() {}

    /** A record with an id is put under it; one without gets an id from the exchange. */
    static byte[] of(List<UploadedLine> lines) {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        put(
                batch,
                "{\"resourceType\":\"Bundle\",\"meta\":{\"tag\":[{\"system\":\"" + Canonicals.UPLOADED_LINES
                        + "\",\"code\":\"" + range(lines) + "\"}]},\"type\":\"batch\",\"entry\":[");
        for (int index = 0; index < lines.size(); index++) {
            UploadedLine line = lines.get(index);
            put(batch, index == 0 ? "{\"resource\":" : ",{\"resource\":");
            batch.write(line.text(), 0, line.text().length);
            String address = line.id() == null ? line.resourceType() : line.resourceType() + "/" + line.id();
            put(batch, ",\"request\":{\"method\":\"" + (line.id() == null ? "POST" : "PUT") + "\",\"url\":\"");
            put(batch, new String(JsonStringEncoder.getInstance().quoteAsString(String.valueOf(address))));
            put(batch, "\"}}");
        }
        put(batch, "]}");
        return batch.toByteArray();
    }

    /** The numbers of the first and the last line. */
    private static String range(List<UploadedLine> lines) {
        return lines.get(0).number() + "-" + lines.get(lines.size() - 1).number();
    }

    private static void put(ByteArrayOutputStream batch, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        batch.write(bytes, 0, bytes.length);
    }
}
