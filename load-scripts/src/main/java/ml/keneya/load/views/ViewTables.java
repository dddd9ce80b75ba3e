package ml.keneya.load.views;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import ml.keneya.load.exchange.Exchange;

/** The operations of the exchange on its views. */
final class ViewTables {
    private static final String TYPE = "ViewDefinition/";

    private final Exchange exchange;

    ViewTables(Exchange exchange) {
        this.exchange = exchange;
    }

    /** One parameter of the answer, that is one table or one comparison. */
    record Told(JsonNode parameter) {
        String text(String part) {
            return texts(part).stream().findFirst().orElse("");
        }

        List<String> texts(String part) {
            List<String> values = new ArrayList<>();
            for (JsonNode each : parameter.path("part")) {
                if (part.equals(each.path("name").asText())) {
                    each.properties().stream()
                            .filter(member -> member.getKey().startsWith("value"))
                            .forEach(member -> values.add(member.getValue().asText()));
                }
            }
            return values;
        }
    }

    List<Told> status() {
        return told(exchange.ask(exchange.base().under(TYPE + "$status")));
    }

    List<Told> rebuild(String view) {
        return told(exchange.order(exchange.base().under(TYPE + view + "/$rebuild")));
    }

    /** @param sample what of the records: a number or a share, and the seed; empty for all of them */
    List<Told> verify(String view, String sample) {
        return told(exchange.order(exchange.base().under(TYPE + view + "/$verify" + sample)));
    }

    private static List<Told> told(JsonNode parameters) {
        return StreamSupport.stream(parameters.path("parameter").spliterator(), false)
                .map(Told::new)
                .toList();
    }
}
