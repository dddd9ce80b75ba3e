package ml.keneya.guide;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.nio.file.Path;
import java.util.Map;

/**
 * The page that newcomers follow. What the exchange answers to its commands is asked of the exchange's validation, as
 * for the examples; {@code tests/commands} runs the commands as they are printed and compares.
 */
final class FirstBundlePages {

    private static final String SAMPLE = "cscom-sanankoroba-vaccination.json";

    private static final String REFUSED = """
            {
              "resourceType": "Bundle", "type": "transaction", "entry": [{
                "resource": {"resourceType": "Patient", "gender": "female"},
                "request": {"method": "POST", "url": "Patient"}}]}""";

    private final IParser json;
    private final Path samples;
    private final Answers answers;
    private final Words words;

    FirstBundlePages(FhirContext context, Path samples, Answers answers, Words words) {
        this.json = context.newJsonParser().setPrettyPrint(true);
        this.samples = samples;
        this.answers = answers;
        this.words = words;
    }

    void write(Site site) {
        String sample = ConformanceContent.read(samples.resolve(SAMPLE));
        site.text("examples/" + SAMPLE, sample);
        site.page(
                "first-bundle.html",
                "first-bundle",
                "FirstBundle",
                words.text("firstBundle"),
                Map.of(
                        "sample", sample.strip(),
                        "sampleFile", "examples/" + SAMPLE,
                        "refused", REFUSED,
                        "refusal", answerTo(REFUSED),
                        "verdict", answerTo(sample)));
    }

    private Text answerTo(String bundle) {
        Example asked = new Example("", "ml-bundle", "", bundle);
        return new Text(
                json.encodeResourceToString(answers.to(asked, Language.FRENCH.code())),
                json.encodeResourceToString(answers.to(asked, Language.ENGLISH.code())));
    }
}
