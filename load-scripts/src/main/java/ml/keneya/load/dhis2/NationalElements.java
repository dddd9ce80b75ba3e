package ml.keneya.load.dhis2;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.terminal.ExitStatus;

/** What the exchange's own terminology says DHIS2 calls each figure. */
final class NationalElements {
    private static final String MAP = "https://keneya.ml/fhir/ConceptMap/ml-notifiable-disease-to-dhis2";
    private static final String ELEMENTS = "https://keneya.ml/fhir/CodeSystem/ml-dhis2-data-element";

    private NationalElements() {}

    /** For disease and count, {@code cholera/suspected-cases}, the code of the data element. */
    static Map<String, String> of(Exchange exchange) {
        Map<String, Count> counts = new HashMap<>();
        for (JsonNode concept : resource(exchange, "CodeSystem", ELEMENTS).path("concept")) {
            for (JsonNode property : concept.path("property")) {
                if (property.path("code").asText().equals("count-of")) {
                    String of = property.path("valueCode")
                            .asText(property.path("valueString").asText());
                    Count.coded(of)
                            .ifPresent(count -> counts.put(concept.path("code").asText(), count));
                }
            }
        }
        Map<String, String> elements = new HashMap<>();
        for (JsonNode group : resource(exchange, "ConceptMap", MAP).path("group")) {
            for (JsonNode element : group.path("element")) {
                for (JsonNode target : element.path("target")) {
                    Count count = counts.get(target.path("code").asText());
                    if (count != null) {
                        elements.put(
                                Mapping.what(element.path("code").asText(), count),
                                target.path("code").asText());
                    }
                }
            }
        }
        return elements;
    }

    private static JsonNode resource(Exchange exchange, String type, String url) {
        JsonNode found =
                exchange.search(exchange.base().under(type + "?url=" + URLEncoder.encode(url, StandardCharsets.UTF_8)));
        JsonNode resource = found.path("entry").path(0).path("resource");
        if (!resource.path("resourceType").asText().equals(type)) {
            throw new PushException(ExitStatus.REFUSED, null, "dhis2.no-map", url);
        }
        return resource;
    }
}
