package ml.keneya.views.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.views.definition.ViewDefinition.Column;
import ml.keneya.views.definition.ViewDefinition.Iteration;
import ml.keneya.views.definition.ViewDefinition.Path;
import ml.keneya.views.definition.ViewDefinition.Select;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a ViewDefinition and refuses what is missing or of the wrong form, by its place. */
final class DefinitionReader {

    /** Invariant sql-name of SQL on FHIR; PostgreSQL cuts names off after 63 bytes. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,49}");

    private static final String ROOT = "ViewDefinition";
    private static final String IDENTIFYING_TAG = "keneya/identifying";

    private DefinitionReader() {}

    static ViewDefinition read(JsonNode json) {
        if (!json.isObject()) {
            throw wrong(ROOT, json);
        }
        String name = json.has("name") ? name(json, ROOT) : "view";
        Map<String, Base> constants = constants(json);
        List<Select> selects = selects(json, "select", ROOT);
        if (selects.isEmpty()) {
            throw missing(ROOT + ".select");
        }
        List<Path> where = new ArrayList<>();
        for (JsonNode each : elements(json, "where", ROOT)) {
            String place = ROOT + ".where[" + where.size() + "]";
            where.add(new Path(place + ".path", text(each, "path", place)));
        }
        return new ViewDefinition(name, text(json, "resource", ROOT), constants, selects, where, json);
    }

    private static Map<String, Base> constants(JsonNode json) {
        Map<String, Base> constants = new HashMap<>();
        int index = 0;
        for (JsonNode each : elements(json, "constant", ROOT)) {
            String place = ROOT + ".constant[" + index++ + "]";
            constants.put(name(each, place), Constants.value(each, place));
        }
        return constants;
    }

    private static List<Select> selects(JsonNode parent, String member, String place) {
        List<Select> selects = new ArrayList<>();
        for (JsonNode each : elements(parent, member, place)) {
            selects.add(select(each, place + "." + member + "[" + selects.size() + "]"));
        }
        return selects;
    }

    private static Select select(JsonNode json, String place) {
        Iteration iteration = Iteration.NONE;
        List<Path> paths = List.of();
        if (json.has("forEach")) {
            iteration = Iteration.FOR_EACH;
            paths = List.of(new Path(place + ".forEach", text(json, "forEach", place)));
        } else if (json.has("forEachOrNull")) {
            iteration = Iteration.FOR_EACH_OR_NULL;
            paths = List.of(new Path(place + ".forEachOrNull", text(json, "forEachOrNull", place)));
        } else if (json.has("repeat")) {
            iteration = Iteration.REPEAT;
            paths = repeated(json, place);
        }
        List<Column> columns = new ArrayList<>();
        for (JsonNode each : elements(json, "column", place)) {
            columns.add(column(each, place + ".column[" + columns.size() + "]"));
        }
        return new Select(
                place, iteration, paths, columns, selects(json, "select", place), selects(json, "unionAll", place));
    }

    private static List<Path> repeated(JsonNode json, String place) {
        List<Path> paths = new ArrayList<>();
        for (JsonNode each : elements(json, "repeat", place)) {
            String itsPlace = place + ".repeat[" + paths.size() + "]";
            if (!each.isTextual()) {
                throw wrong(itsPlace, each);
            }
            paths.add(new Path(itsPlace, each.asText()));
        }
        return paths;
    }

    private static Column column(JsonNode json, String place) {
        JsonNode collection = json.path("collection");
        if (!collection.isMissingNode() && !collection.isBoolean()) {
            throw wrong(place + ".collection", collection);
        }
        return new Column(
                name(json, place),
                new Path(place + ".path", text(json, "path", place)),
                json.has("type") ? text(json, "type", place) : null,
                tag(json, "ansi/type"),
                identifying(json, place),
                Indexed.of(tag(json, "keneya/indexed")),
                names(tag(json, "keneya/indexed-by")),
                collection.asBoolean(false),
                json.path("description").asText(""));
    }

    /** A column of which nobody has said that it tells nobody apart is not shown to who may not know names. */
    private static Identifying identifying(JsonNode json, String place) {
        String tag = tag(json, IDENTIFYING_TAG);
        return Optional.ofNullable(tag)
                .map(value -> Identifying.of(value).orElseThrow(() -> wrong(place + ".tag", json.path("tag"))))
                .orElse(Identifying.OMIT);
    }

    private static List<String> names(@Nullable String tag) {
        return tag == null || tag.isBlank() ? List.of() : List.of(tag.strip().split("\\s+"));
    }

    private static @Nullable String tag(JsonNode json, String name) {
        for (JsonNode each : json.path("tag")) {
            if (name.equals(each.path("name").asText())) {
                return each.path("value").asText();
            }
        }
        return null;
    }

    private static String name(JsonNode json, String place) {
        String name = text(json, "name", place);
        if (!NAME.matcher(name).matches()) {
            throw wrong(place + ".name", json.path("name"));
        }
        return name;
    }

    private static String text(JsonNode json, String member, String place) {
        JsonNode value = json.path(member);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.asText().isBlank()) {
            throw missing(place + "." + member);
        }
        if (!value.isTextual()) {
            throw wrong(place + "." + member, value);
        }
        return value.asText();
    }

    private static Iterable<JsonNode> elements(JsonNode parent, String member, String place) {
        JsonNode value = parent.path(member);
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(place + "." + member, value);
        }
        Iterator<JsonNode> elements = value.elements();
        return () -> elements;
    }

    static RefusedException missing(String place) {
        return new RefusedException(
                Refusal.of(RefusalCode.VIEW_ELEMENT_MISSING, place).at(place));
    }

    static RefusedException wrong(String place, JsonNode value) {
        String shown = value.toString();
        int longest = 100;
        return new RefusedException(Refusal.of(
                        RefusalCode.VIEW_ELEMENT_WRONG,
                        place,
                        shown.length() <= longest ? shown : shown.substring(0, longest) + "…")
                .at(place));
    }
}
