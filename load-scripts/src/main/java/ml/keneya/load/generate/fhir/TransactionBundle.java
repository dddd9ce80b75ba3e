package ml.keneya.load.generate.fhir;

import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import java.util.TreeMap;

/** A transaction bundle as a site sends it, identified so that sending it again doubles nothing. */
public final class TransactionBundle implements Sink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private final FhirJson json = FhirJson.lines(bytes);
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private RecordName open = RecordName.of("", "");

    /**
     * @param submission the site's own number for it
     * @param facility the code of the site
     */
    public TransactionBundle(String submission, String facility) {
        json.object().text("resourceType", "Bundle");
        json.object("identifier").text("system", Systems.SUBMISSION).text("value", submission);
        json.object("assigner").object("identifier");
        json.text("system", Systems.FACILITY)
                .text("value", facility)
                .end()
                .end()
                .end();
        json.text("type", "transaction").array("entry");
    }

    @Override
    public FhirJson begin(RecordName name) {
        open = name;
        counts.merge(name.type(), 1L, Long::sum);
        json.object().text("fullUrl", fullUrl(name));
        json.object("resource").text("resourceType", name.type());
        return isRegistered(name) ? json.text("id", name.uuid()) : json;
    }

    @Override
    public void end() {
        json.end();
        json.object("request");
        if (isRegistered(open)) {
            json.text("method", "PUT").text("url", open.type() + "/" + open.uuid());
        } else if (open.update()) {
            json.text("method", "PUT").text("url", open.type() + "?" + open.search());
        } else {
            json.text("method", "POST").text("url", open.type());
            if (!open.search().isEmpty()) {
                json.text("ifNoneExist", open.search());
            }
        }
        json.end().end();
    }

    // Facilities and divisions have ids that everybody knows.
    private static boolean isRegistered(RecordName name) {
        return name.update() && name.search().isEmpty();
    }

    private static String fullUrl(RecordName name) {
        return isRegistered(name)
                ? "https://keneya.ml/fhir/" + name.type() + "/" + name.uuid()
                : "urn:uuid:" + name.uuid();
    }

    @Override
    public String link(RecordName name) {
        return "urn:uuid:" + name.uuid();
    }

    public SortedMap<String, Long> counts() {
        return counts;
    }

    /** The whole bundle; nothing can be added afterwards. */
    public byte[] bytes() {
        json.end().end();
        json.flush();
        return bytes.toByteArray();
    }
}
