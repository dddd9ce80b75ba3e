package ml.keneya.terminology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** What a concept may say beside its name: the columns of a list that {@code properties.csv} describes. */
record Properties(Map<String, Row> described, Codes codes) {

    private static final Set<String> NAMING =
            Set.of("code", "display_fr", "display_en", "definition_fr", "definition_en");

    void declare(Row example, ObjectNode resource) {
        for (var column : example.columns()) {
            if (NAMING.contains(column)) {
                continue;
            }
            var property = described.get(column);
            if (property == null) {
                throw example.refusal("properties.csv does not describe the column " + column);
            }
            var declaration = resource.withArray("property").addObject().put("code", column);
            property.optional("uri").ifPresent(uri -> declaration.put("uri", uri));
            Heading.bilingual(
                    declaration, "description", property.text("description_fr"), property.text("description_en"));
            declaration.put("type", property.text("type"));
        }
    }

    void state(Row concept, ObjectNode node) {
        for (var column : concept.columns()) {
            var property = described.get(column);
            if (property == null || concept.optional(column).isEmpty()) {
                continue;
            }
            if (property.isYes("repeats")) {
                concept.several(column).forEach(value -> state(concept, property, value, node));
            } else {
                state(concept, property, concept.text(column), node);
            }
        }
    }

    private void state(Row concept, Row property, String value, ObjectNode node) {
        var stated = node.withArray("property").addObject().put("code", property.text("code"));
        switch (property.text("type")) {
            case "code" -> stated.put("valueCode", value);
            case "string" -> stated.put("valueString", value);
            case "dateTime" -> stated.put("valueDateTime", value);
            case "integer" -> stated.put("valueInteger", number(concept, value).intValueExact());
            case "decimal" -> stated.put("valueDecimal", number(concept, value));
            case "boolean" -> stated.put("valueBoolean", concept.yesOrNo(property.text("code"), value));
            case "Coding" -> stated.set("valueCoding", codes.coding(concept, property.text("system"), value));
            default -> throw property.refusal("unknown type " + property.text("type"));
        }
    }

    private static BigDecimal number(Row concept, String value) {
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException notANumber) {
            throw concept.refusal(value + " is not a number");
        }
    }
}
