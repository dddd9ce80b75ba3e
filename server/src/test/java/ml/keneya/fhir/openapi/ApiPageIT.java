package ml.keneya.fhir.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class ApiPageIT {

    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @Autowired
    Exchange exchange;

    @Autowired
    ServedTypes served;

    @Test
    void showsWhatIsServedAndNothingElse() {
        JsonNode document = document("fr");

        List<String> tags = new ArrayList<>();
        document.get("tags").forEach(tag -> tags.add(tag.get("name").asText()));
        assertThat(tags).containsExactlyInAnyOrderElementsOf(withTheExchange());
        assertThat(document.get("paths").fieldNames())
                .toIterable()
                .contains(
                        "/",
                        "/metadata",
                        "/Patient/{id}",
                        "/Patient/{id}/$everything",
                        "/ValueSet/$expand",
                        "/Patient/$validate",
                        "/Patient/{id}/$validate")
                .allSatisfy(path -> assertThat(path).doesNotContain("$meta", "$expunge", "merge", "Account"));
        assertThat(document.get("paths").has("/_history")).isFalse();
        assertThat(document.at("/paths/~1Patient~1{id}").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("get", "put", "patch", "delete");
    }

    @Test
    void namesTheSearchParametersThatAreKept() {
        List<String> names = new ArrayList<>();
        document("fr")
                .at("/paths/~1Patient/get/parameters")
                .forEach(each -> names.add(each.path("name").asText()));

        assertThat(names).contains("identifier", "birthdate", "owner").doesNotContain("deceased", "_tag", "_content");
    }

    @Test
    void namesTheParametersOfAnOperation() {
        List<String> names = new ArrayList<>();
        document("fr")
                .at("/paths/~1Patient~1{id}~1$everything/get/parameters")
                .forEach(each -> names.add(each.path("name").asText()));

        assertThat(names).contains("_since", "_type", "_count").doesNotContain("_content", "_text", "_filter");
    }

    @Test
    void speaksFrenchFirstAndEnglishToWhoAsks() {
        assertThat(document("fr").at("/info/title").asText()).startsWith("Kènèya, l’échange");
        assertThat(document("fr").at("/paths/~1Patient~1{id}/get/summary").asText())
                .isEqualTo("Lire une ressource Patient");
        assertThat(document("en").at("/info/title").asText()).contains("health information exchange");
        assertThat(document("en").at("/paths/~1Patient~1{id}/get/summary").asText())
                .isEqualTo("Read a resource Patient");
    }

    @Test
    void answersUnderTheAddressOfTheDocument() {
        assertThat(document("fr").at("/servers/0/url").asText()).isEqualTo(exchange.base());
    }

    @Test
    void resolvesEveryReferenceItMakes() {
        JsonNode document = document("fr");

        document.findValuesAsText("$ref").stream()
                .distinct()
                .forEach(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @ParameterizedTest
    @CsvSource({"fr, Kènèya : l’interface FHIR", "en, Kènèya: the FHIR interface"})
    void showsAPageInTheReadersLanguage(String language, String title) {
        Answer page = exchange.get("swagger-ui/", "Accept", "text/html", "Accept-Language", language);

        assertThat(page.hasStatus(200).header("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.body()).contains("<html lang=\"" + language + "\">", "<title>" + title + "</title>");
    }

    @Test
    void loadsNothingFromElsewhere() {
        Answer page = exchange.get("swagger-ui/", "Accept", "text/html").hasStatus(200);

        List<String> loaded = new ArrayList<>();
        Matcher matcher = LOADED.matcher(page.body());
        while (matcher.find()) {
            loaded.add(matcher.group(1));
        }
        assertThat(loaded)
                .hasSizeGreaterThan(4)
                .allSatisfy(address -> assertThat(address).doesNotContain("//"));
        loaded.stream()
                .filter(address -> address.matches("[a-z-]+\\.(js|css)"))
                .forEach(address -> exchange.get("swagger-ui/" + address).hasStatus(200));
        assertThat(page.header("Content-Security-Policy").orElseThrow()).startsWith("default-src 'self'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"swagger-ui/page.js", "swagger-ui/page.css"})
    void holdsNoAddressOfAnotherHost(String file) {
        assertThat(exchange.get(file).hasStatus(200).body()).doesNotContain("http", "HAPI");
    }

    @Test
    void sendsWhoForgetsTheSlashToThePage() {
        Answer answer = exchange.get("swagger-ui", "Accept", "text/html").hasStatus(302);

        assertThat(answer.header("Location")).contains(exchange.base() + "/swagger-ui/");
    }

    @Test
    void hasNoOtherFiles() {
        exchange.get("swagger-ui/raccoon.png").isRefused(404, "ML-FHIR-003");
    }

    private List<String> withTheExchange() {
        List<String> names = new ArrayList<>(served.names());
        names.add("Kènèya");
        return names;
    }

    private JsonNode document(String language) {
        Answer answer = exchange.get("api-docs", "Accept-Language", language).hasStatus(200);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(answer.body(), unreadable);
        }
    }
}
