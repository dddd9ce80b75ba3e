package ml.keneya.guide;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.NamingSystem;
import org.hl7.fhir.r4.model.ValueSet;

/** The pages that are mostly prose: the start, the check, and the catalogue of refusals. */
final class StartPages {

    private final ConformanceContent content;
    private final int searchParameters;
    private final Map<String, ResourceBundle> refusals;
    private final Words words;

    StartPages(ConformanceContent content, int searchParameters, Map<String, ResourceBundle> refusals, Words words) {
        this.content = content;
        this.searchParameters = searchParameters;
        this.refusals = refusals;
        this.words = words;
    }

    void write(Site site) {
        site.page(
                "index.html",
                "index",
                "Start",
                words.text("start"),
                Map.of(
                        "profileCount", content.profiles().size(),
                        "extensionCount", content.extensions().size(),
                        "codeSystemCount", content.of(CodeSystem.class).size(),
                        "valueSetCount", content.of(ValueSet.class).size(),
                        "searchParameterCount", searchParameters,
                        "identifierCount", content.of(NamingSystem.class).size()));
        site.page("check.html", "check", "Check", words.text("check"), Map.of("profiles", content.profilesAddress()));
        site.page("refusals.html", "refusals", "Refusals", words.text("refusals"), Map.of("codes", codes()));
    }

    private List<Map<String, Object>> codes() {
        ResourceBundle french = Objects.requireNonNull(refusals.get("fr"));
        return new TreeSet<>(french.keySet())
                .stream()
                        .filter(key -> key.matches("ML-[A-Z]+-[0-9]+"))
                        .map(key -> Map.<String, Object>of(
                                "code", key, "says", phrase(key), "remedy", phrase(key + ".remedy")))
                        .toList();
    }

    /** A message with dots where the exchange puts what it is about. */
    private Text phrase(String key) {
        return new Text(phrase("fr", key), phrase("en", key));
    }

    private String phrase(String language, String key) {
        String pattern = Objects.requireNonNull(refusals.get(language)).getString(key);
        return pattern.replace("''", "'").replaceAll("\\{\\d[^}]*}", "…");
    }
}
