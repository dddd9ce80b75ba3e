package ml.keneya.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import ml.keneya.export.ExportClient.Export;
import ml.keneya.security.TestSystem;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import org.hl7.fhir.r4.model.Resource;

/** The system of a site that writes records, which stand in exports among those of others. */
final class ExportedSite {

    private final Exchange exchange;
    private final String facility;
    private final String[] token;

    ExportedSite(Exchange exchange) {
        this.exchange = exchange;
        this.facility = Exchange.unique("cscom");
        this.token = TestSystem.ofSite(exchange, facility).withAll();
    }

    String facility() {
        return facility;
    }

    String[] token() {
        return token;
    }

    /** @return its address */
    String created(Resource record) {
        boolean named = record.getIdElement().hasIdPart();
        Answer answer = named
                ? exchange.put(record.fhirType() + "/" + record.getIdElement().getIdPart(), record, token)
                : exchange.create(record, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location")
                .orElseThrow()
                .replaceFirst("^" + exchange.base() + "/", "")
                .replaceFirst("/_history/.*", "");
    }

    /** The records in an export that this site wrote. */
    List<JsonNode> in(Export export, String type) {
        return export.lines(type).stream()
                .filter(line -> line.contains("\"" + facility + "\""))
                .map(ExportClient::json)
                .toList();
    }

    static String id(String address) {
        return address.replaceFirst(".*/", "");
    }
}
