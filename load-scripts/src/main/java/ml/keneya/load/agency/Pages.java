package ml.keneya.load.agency;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import ml.keneya.load.exchange.Exchange;
import ml.keneya.load.exchange.RefusedException;

/** Follows the {@code next} links of a search to its end. */
final class Pages {
    private final Exchange exchange;

    Pages(Exchange exchange) {
        this.exchange = exchange;
    }

    /** @param wantsMore takes each page, and says whether to go on */
    void follow(URI search, Predicate<Page> wantsMore) {
        Set<URI> seen = new HashSet<>();
        Optional<URI> address = Optional.of(search);
        while (address.isPresent()) {
            if (!seen.add(address.get())) {
                throw RefusedException.goesInCircles(address.get());
            }
            JsonNode bundle = exchange.search(address.get());
            if (!wantsMore.test(Page.of(bundle))) {
                return;
            }
            address = next(bundle);
        }
    }

    private Optional<URI> next(JsonNode bundle) {
        for (JsonNode link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                String target = link.path("url").asText();
                return Optional.of(
                        exchange.base().followed(target).orElseThrow(() -> RefusedException.leadsElsewhere(target)));
            }
        }
        return Optional.empty();
    }
}
