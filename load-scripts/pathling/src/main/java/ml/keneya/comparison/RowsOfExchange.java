package ml.keneya.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What {@code $viewdefinition-run} of the exchange answers. Nothing may be written between the export and this. */
final class RowsOfExchange {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /** @param base for example {@code http://127.0.0.1:8080/fhir} */
    RowsOfExchange(String base) {
        this.base = base;
    }

    List<List<String>> of(String view, List<ComparedColumn> columns) throws IOException, InterruptedException {
        URI address = URI.create(base + "/ViewDefinition/" + view + "/$viewdefinition-run?_format=ndjson");
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answered " + answer.statusCode());
        }
        List<List<String>> rows = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(ComparedColumn.row(columns, line));
            }
        }
        return rows;
    }
}
