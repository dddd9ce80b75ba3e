package ml.keneya.load.test;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a search. */
final class SearchQuery {
    private final String type;
    private final String query;
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    SearchQuery(URI address) {
        type = address.getPath().substring("/fhir/".length());
        query = address.getRawQuery() == null ? "" : address.getRawQuery();
        for (String parameter : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters
                    .computeIfAbsent(parts[0], name -> new ArrayList<>())
                    .add(parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
    }

    String type() {
        return type;
    }

    Map<String, List<String>> parameters() {
        return parameters;
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    int count() {
        return all("_count").stream().map(Integer::valueOf).findFirst().orElse(Integer.MAX_VALUE);
    }

    int offset() {
        return all("_offset").stream().map(Integer::valueOf).findFirst().orElse(0);
    }

    String next(String root) {
        String same = query.replaceAll("&?_offset=\\d+", "");
        return root + "/" + type + "?" + same + "&_offset=" + (offset() + count());
    }
}
