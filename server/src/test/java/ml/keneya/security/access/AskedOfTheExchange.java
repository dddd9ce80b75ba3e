package ml.keneya.security.access;

import java.net.http.HttpRequest.BodyPublishers;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;

/**
 * One request, whichever way it is made.
 *
 * @param path below the base
 * @param body absent when it has none
 */
record AskedOfTheExchange(String method, String path, String contentType, String body) {

    static AskedOfTheExchange get(String path) {
        return new AskedOfTheExchange("GET", path, Exchange.FHIR_JSON, null);
    }

    static AskedOfTheExchange posting(String path, String json) {
        return new AskedOfTheExchange("POST", path, Exchange.FHIR_JSON, json);
    }

    Answer by(String[] caller, Exchange exchange) {
        return exchange.send(
                method,
                path,
                contentType,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                caller);
    }

    @Override
    public String toString() {
        return method + " " + path + (body == null ? "" : " " + body);
    }
}
