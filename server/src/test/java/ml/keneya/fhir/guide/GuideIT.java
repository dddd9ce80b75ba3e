package ml.keneya.fhir.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ml.keneya.test.Answer;
import ml.keneya.test.Exchange;
import ml.keneya.test.KeneyaIntegrationTest;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class GuideIT {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");
    private static final String NAME_ALONE = "invalid/ml-patient/ml-pat-1--name-alone.json";

    @Autowired
    Exchange exchange;

    @ParameterizedTest
    @CsvSource({"fr, fr", "en, en", "de, fr", "'', fr"})
    void opensInTheReadersLanguage(String accepted, String language) {
        Answer answer = accepted.isEmpty() ? get("/guide") : get("/guide", "Accept-Language", accepted);

        assertThat(answer.hasStatus(302).header("Location").orElseThrow())
                .endsWith("/guide/" + language + "/index.html");
    }

    /** Follows every link from the start, in both languages, as a reader could. */
    @Test
    void leadsOnlyToWhatIsThereInBothLanguages() {
        Map<String, String> pages = readAll();

        assertThat(pages.keySet())
                .anyMatch(page -> page.startsWith("/guide/fr/structuredefinition-ml-patient"))
                .anyMatch(page -> page.startsWith("/guide/en/codesystem-ml-vaccine"))
                .hasSizeGreaterThan(200);
        assertThat(namesIn("fr", pages.keySet())).isEqualTo(namesIn("en", pages.keySet()));
        pages.forEach((page, html) -> assertThat(html)
                .as(page)
                .contains("<html lang=\"" + page.split("/")[2] + "\">", "<h1>", "<main id=\"content\">")
                .doesNotContain("src=\"http", "style=\"", "onclick=", "{{"));
    }

    /** HL7 gives the meanings in English only; the pages in French must not fall back on them. */
    @Test
    void saysInFrenchWhatEveryElementIs() {
        Map<String, String> profiles = new LinkedHashMap<>(readAll());
        profiles.keySet().removeIf(page -> !page.contains("/fr/structuredefinition-"));

        assertThat(profiles).isNotEmpty();
        profiles.forEach((page, html) ->
                assertThat(html).as(page).doesNotContainPattern("<td data-label=\"[^\"]*\"><span lang=\"en\">"));
    }

    @Test
    void saysWhatAnElementIsAndWhyItsRuleStands() {
        String page = get("/guide/fr/structuredefinition-ml-patient.html")
                .hasStatus(200)
                .body();

        assertThat(page)
                .contains("identifier[nina]", "0‥*", "Sexe administratif", "ml-pat-1")
                .contains("c'est le minimum pour reconnaître une personne sans papiers".replace("'", "&#39;"))
                .contains("<p class=\"why\">Reconnu à son système, jamais obligatoire.</p>")
                .contains("example-invalid-ml-patient-ml-pat-1-name-alone.html");
        assertThat(get("/guide/en/structuredefinition-ml-patient.html").body())
                .contains("<p class=\"why\">")
                .doesNotContain("jamais obligatoire");
    }

    @Test
    void saysByWhatARecordIsFoundAndWhatThatIsFor() {
        assertThat(get("/guide/fr/search-parameters.html").hasStatus(200).body())
                .contains("<h2 id=\"Immunization\">", "<code>lot-number</code>", "un lot rappelé")
                .contains("Immunization.lotNumber");
        assertThat(get("/guide/en/search-parameters.html").body())
                .contains("everyone who received a recalled lot")
                .doesNotContain("un lot rappelé");
        assertThat(get("/guide/fr/structuredefinition-ml-immunization.html").body())
                .contains("search-parameters.html#Immunization");
    }

    @Test
    void saysWhichRecordsAProfileIsFor() {
        assertThat(get("/guide/fr/structuredefinition-ml-household.html").body())
                .contains("S’applique à", "<code>code</code> : ", "<code>household</code>");
        assertThat(get("/guide/fr/structuredefinition-ml-patient.html").body()).contains("tout dossier de ce type");
    }

    @Test
    void showsTheRefusalThatTheExchangeGives() {
        String json = get("/guide/examples/" + NAME_ALONE).hasStatus(200).body();
        OperationOutcome answer = exchange.post("Patient/$validate", json).as(OperationOutcome.class);

        String page = get("/guide/fr/example-invalid-ml-patient-ml-pat-1-name-alone.html")
                .body()
                .replace("&#39;", "'");

        assertThat(answer.getIssue())
                .isNotEmpty()
                .allSatisfy(issue -> assertThat(page).contains(issue.getDiagnostics()));
        assertThat(page).contains("ML-VALIDATION-001");
    }

    @Test
    void findsCodesWithoutTheServer() {
        String index = get("/guide/codes.json").hasStatus(200).body();

        assertThat(index).contains("\"BCG\",\"BCG (tuberculose)\",\"BCG (tuberculosis)\"", "Sanankoroba");
    }

    @Test
    void letsABrowserLoadNothingFromElsewhere() {
        Answer page = get("/guide/fr/index.html").hasStatus(200);

        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Content-Type")).contains("text/html;charset=UTF-8");
    }

    @Test
    void costsASecondReadingNothing() {
        String tag = get("/guide/codes.json").header("ETag").orElseThrow();

        Answer again = get("/guide/codes.json", "If-None-Match", tag);

        assertThat(again.hasStatus(304).body()).isEmpty();
    }

    @Test
    void compressesForWhoAsks() {
        Answer plain = get("/guide/codes.json");
        Answer packed = get("/guide/codes.json", "Accept-Encoding", "gzip");

        assertThat(packed.header("Content-Encoding")).contains("gzip");
        assertThat(packed.response()
                        .headers()
                        .firstValueAsLong("Content-Length")
                        .orElseThrow())
                .isLessThan(plain.response()
                                .headers()
                                .firstValueAsLong("Content-Length")
                                .orElseThrow()
                        / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/guide/fr/none.html",
                "/guide/..%2f..%2fapplication.yml",
                "/guide/fr/%2e%2e/%2e%2e/ServesGuide.class",
                "/guide/package.tgz/x"
            })
    void hasNoOtherFiles(String path) {
        assertThat(get(path).status()).isIn(400, 404);
    }

    private Map<String, String> readAll() {
        Map<String, String> pages = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of("/guide/fr/index.html", "/guide/en/index.html"));
        while (!open.isEmpty()) {
            String path = open.pop();
            if (!seen.add(path)) {
                continue;
            }
            Answer answer = get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            if (path.startsWith("/guide/") && path.endsWith(".html")) {
                pages.put(path, answer.body());
                linksOf(path, answer.body()).forEach(open::push);
            }
        }
        return pages;
    }

    private static Set<String> linksOf(String page, String html) {
        Set<String> links = new LinkedHashSet<>();
        Matcher matcher = LINK.matcher(html);
        while (matcher.find()) {
            String link = matcher.group(1).replace("&amp;", "&");
            if (link.startsWith("#")) {
                assertThat(idsIn(html)).as(page + " " + link).contains(link.substring(1));
            } else if (!link.startsWith("data:")) {
                String path = URI.create("http://host" + page).resolve(link).getRawPath();
                // The API page and operations have their own tests.
                if (!path.contains("$") && !path.contains("swagger-ui")) {
                    links.add(path);
                }
            }
        }
        return links;
    }

    private static Set<String> idsIn(String html) {
        Set<String> ids = new LinkedHashSet<>();
        ID.matcher(html).results().forEach(match -> ids.add(match.group(1)));
        return ids;
    }

    private static Set<String> namesIn(String language, Set<String> pages) {
        Set<String> names = new LinkedHashSet<>();
        pages.stream()
                .filter(page -> page.startsWith("/guide/" + language + "/"))
                .map(page -> page.substring(page.lastIndexOf('/') + 1))
                .forEach(names::add);
        return names;
    }

    private Answer get(String path, String... headers) {
        return exchange.get(exchange.base().replaceAll("/fhir$", "") + path, headers);
    }
}
