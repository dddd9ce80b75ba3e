package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import ml.keneya.load.exchange.Exchange;

/** Records by reference: those that came along with a search, and those that have to be asked for one by one. */
final class Records {
    // All health sites and administrative divisions of Mali fit; the conditions of past pages make room for new ones.
    private static final int REMEMBERED = 20_000;

    private final Exchange exchange;
    private final Map<ResourceKey, Optional<JsonNode>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceKey, Optional<JsonNode>> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<ResourceKey, Optional<JsonNode>> sites = new LinkedHashMap<>();

    Records(Exchange exchange) {
        this.exchange = exchange;
    }

    void remember(JsonNode resource) {
        known.put(ResourceKey.of(resource), Optional.of(resource));
    }

    /** The record that an element refers to. */
    Optional<JsonNode> referredTo(JsonNode reference) {
        return keyOf(reference).flatMap(this::find);
    }

    Optional<ResourceKey> keyOf(JsonNode reference) {
        return ResourceKey.read(
                reference.path("reference").asText(), exchange.base().toString());
    }

    /** The place of care that an organisation runs. */
    Optional<JsonNode> siteOf(ResourceKey organization) {
        return sites.computeIfAbsent(organization, this::searchSite);
    }

    private Optional<JsonNode> find(ResourceKey key) {
        Optional<JsonNode> record = known.get(key);
        if (record == null) {
            record = exchange.read(key.type(), key.id());
            known.put(key, record);
        }
        return record;
    }

    private Optional<JsonNode> searchSite(ResourceKey organization) {
        URI search = exchange.base()
                .under("Location?organization=" + URLEncoder.encode(organization.toString(), StandardCharsets.UTF_8)
                        + "&_count=1");
        return Page.of(exchange.search(search)).matches().stream().findFirst();
    }
}
