package ml.keneya.load.clinic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.load.bundles.BundleSender;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Answer;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.Issue;
import ml.keneya.load.exchange.Json;

/**
 * Brings a death to a person who was kept before it happened. What else a sheet says of her is not brought up to date,
 * because other sites may know more; but a death that is not known is counted nowhere.
 */
final class ReportsDeath {
    private static final Pattern PERSON = Pattern.compile("(?:.*/)?Patient/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?");

    private final Exchange exchange;
    private final BundleSender sender;
    private final String site;

    ReportsDeath(Exchange exchange, BundleSender sender, String site) {
        this.exchange = exchange;
        this.sender = sender;
        this.site = site;
    }

    /**
     * Adds the death to the kept person where none is known.
     *
     * @param sent what the sheet says of her
     * @param location where she is kept
     * @return why it could not be added; nothing where it was, or where a death is known already
     */
    Optional<String> report(ObjectNode sent, String location) {
        Matcher person = PERSON.matcher(location);
        if (!sent.has("deceasedDateTime") || !person.matches()) {
            return Optional.empty();
        }
        Answer answer = exchange.get(exchange.base().under("Patient/" + person.group(1)), Map.of());
        if (!answer.isSuccess() || !answer.isA("Patient")) {
            return Optional.of("HTTP " + answer.status());
        }
        JsonNode kept = answer.document();
        boolean known =
                kept.has("deceasedDateTime") || kept.path("deceasedBoolean").asBoolean();
        return known ? Optional.empty() : add(sent, kept);
    }

    private Optional<String> add(ObjectNode sent, JsonNode kept) {
        ObjectNode person = kept.deepCopy();
        person.remove("deceasedBoolean");
        person.set("deceasedDateTime", sent.path("deceasedDateTime"));
        ObjectNode bundle = Json.object().put("resourceType", "Bundle").put("type", "transaction");
        String address = "Patient/" + kept.path("id").asText();
        ObjectNode entry = bundle.putArray("entry").addObject();
        entry.put("fullUrl", "https://keneya.ml/fhir/" + address).set("resource", person);
        entry.putObject("request")
                .put("method", "PUT")
                .put("url", address)
                .put("ifMatch", "W/\"" + kept.path("meta").path("versionId").asText() + "\"");
        Outcome outcome = sender.sendUnnamed(address, bundle.toString().getBytes(StandardCharsets.UTF_8), site);
        if (!(outcome instanceof Outcome.Refused refused)) {
            return Optional.empty();
        }
        List<Issue> reasons = refused.issues().stream().filter(Issue::isRefusal).toList();
        return Optional.of(
                reasons.isEmpty() ? "HTTP " + refused.status() : reasons.get(0).text());
    }
}
