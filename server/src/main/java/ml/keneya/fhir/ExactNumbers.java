package ml.keneya.fhir;

import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * JSON whose numbers keep their precision. HAPI writes every number out in full, so {@code 1.0E2}, a measurement of two
 * digits, would become {@code 100}, one of three; and {@code 1E999999999}, eleven bytes, would take a gigabyte.
 */
class ExactNumbers extends JacksonStructure {

    /** Longer than any measurement. */
    private static final int MOST_DECIMALS = 400;

    @Override
    public void setNativeObject(ObjectNode root) {
        visit(root);
        super.setNativeObject(root);
    }

    private static void visit(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.fields().forEachRemaining(field -> field.setValue(exact(field.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                JsonNode element = array.get(index);
                JsonNode exact = exact(element);
                if (exact != element) {
                    array.set(index, exact);
                }
            }
        }
    }

    private static JsonNode exact(JsonNode node) {
        visit(node);
        return node instanceof DecimalNode decimal && losesPrecision(decimal.decimalValue())
                ? DecimalNode.valueOf(new Unfolded(decimal.decimalValue()))
                : node;
    }

    private static boolean losesPrecision(BigDecimal number) {
        return number.scale() < 0 || number.scale() > MOST_DECIMALS;
    }

    /** A number that stays in scientific notation when it is asked to be written out. */
    private static final class Unfolded extends BigDecimal {

        private static final long serialVersionUID = 1L;

        Unfolded(BigDecimal number) {
            super(number.unscaledValue(), number.scale());
        }

        @Override
        public String toPlainString() {
            return toString();
        }
    }
}
