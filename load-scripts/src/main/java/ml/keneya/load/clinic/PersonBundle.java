package ml.keneya.load.clinic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import ml.keneya.load.sheets.SheetLine;

/**
 * A transaction bundle with everything about one person, and the lines that its entries were made of.
 *
 * @param origins the line behind each entry
 */
record PersonBundle(String name, ObjectNode bundle, List<Origin> origins) {
    PersonBundle {
        origins = List.copyOf(origins);
    }

    /** Where an entry comes from. */
    record Origin(ExportSheet sheet, SheetLine line) {}

    /** What the sheets say of the person herself; she is the first entry. */
    ObjectNode patient() {
        return (ObjectNode) bundle.path("entry").path(0).path("resource");
    }

    byte[] content() {
        return bundle.toString().getBytes(StandardCharsets.UTF_8);
    }
}
