package ml.keneya.load.dhis2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.folder.DurableFile;
import org.jspecify.annotations.Nullable;

/**
 * What DHIS2 holds of us for one week, as far as its answers tell.
 *
 * <p>Before anything is sent, each value is noted as {@linkplain Entry#pending pending}; after the answer, as what the
 * answer said. A push that is cut in between leaves it pending: DHIS2 may hold it or not, so it is sent again if it
 * still stands, and deleted if it does not.
 */
final class WeekLedger {
    /**
     * A value.
     *
     * @param value what DHIS2 has accepted last; none if it has not yet
     * @param pending whether something else was sent, of which no answer is known
     */
    record Entry(@Nullable Long value, boolean pending, Counted counted) {
        boolean holds(long wanted) {
            return !pending && value != null && value == wanted;
        }
    }

    private final Path file;
    private final SortedMap<ValueKey, Entry> entries = new TreeMap<>();

    private WeekLedger(Path file) {
        this.file = file;
    }

    static WeekLedger read(Path file) throws IOException {
        WeekLedger ledger = new WeekLedger(file);
        if (Files.exists(file)) {
            try (InputStream text = Files.newInputStream(file)) {
                JsonNode document = json(file, text);
                // What was cut must not read as "DHIS2 holds nothing": what vanished would never be deleted.
                if (!document.path("values").isArray()) {
                    throw new IOException(file.getFileName() + ": no \"values\"");
                }
                for (JsonNode each : document.path("values")) {
                    if (text(each, "dataElement").isEmpty()
                            || text(each, "orgUnit").isEmpty()) {
                        throw new IOException(file.getFileName() + ": a value without element or unit");
                    }
                    ledger.entries.put(
                            new ValueKey(text(each, "dataElement"), text(each, "orgUnit"), text(each, "optionCombo")),
                            new Entry(
                                    each.path("value").isNumber()
                                            ? each.path("value").longValue()
                                            : null,
                                    each.path("pending").asBoolean(),
                                    new Counted(text(each, "place"), text(each, "name"), text(each, "what"))));
                }
            }
        }
        return ledger;
    }

    private static JsonNode json(Path file, InputStream text) throws IOException {
        try {
            return Json.read(text);
        } catch (JsonProcessingException cut) {
            throw new IOException(file.getFileName() + ": no JSON", cut);
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    SortedMap<ValueKey, Entry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    /** What a value was before it was noted as pending; none if it was not known. */
    @Nullable
    Entry pend(ValueKey key, Counted counted) {
        Entry before = entries.get(key);
        entries.put(key, new Entry(before == null ? null : before.value(), true, counted));
        return before;
    }

    void accepted(ValueKey key, long value, Counted counted) {
        entries.put(key, new Entry(value, false, counted));
    }

    void deleted(ValueKey key) {
        entries.remove(key);
    }

    /** DHIS2 has changed nothing, so all is as it was before. */
    void restore(ValueKey key, @Nullable Entry before) {
        if (before == null) {
            entries.remove(key);
        } else {
            entries.put(key, before);
        }
    }

    void write() throws IOException {
        ObjectNode document = Json.object();
        ArrayNode values = document.putArray("values");
        entries.forEach((key, entry) -> {
            ObjectNode each = values.addObject()
                    .put("dataElement", key.dataElement())
                    .put("orgUnit", key.orgUnit())
                    .put("optionCombo", key.optionCombo())
                    .put("value", entry.value());
            if (entry.pending()) {
                each.put("pending", true);
            }
            each.put("place", entry.counted().place())
                    .put("name", entry.counted().name())
                    .put("what", entry.counted().what());
        });
        DurableFile.write(file, document + "\n");
    }
}
