package ml.keneya.guide;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.StringType;

/** One page an example: its JSON, and what the exchange really says of it. */
final class ExamplePages {

    private final IParser json;
    private final List<Example> examples;
    private final Answers answers;
    private final Words words;

    ExamplePages(FhirContext context, List<Example> examples, Answers answers, Words words) {
        this.json = context.newJsonParser().setPrettyPrint(true);
        this.examples = examples;
        this.answers = answers;
        this.words = words;
    }

    void write(Site site) {
        for (Example example : examples) {
            site.text(PageNames.exampleJson(example), example.json());
            page(site, example);
        }
        site.page("examples.html", "examples", "Examples", words.text("examples"), Map.of("profiles", byProfile()));
    }

    private List<Map<String, Object>> byProfile() {
        Map<String, List<Example>> byProfile =
                examples.stream().collect(Collectors.groupingBy(Example::profile, TreeMap::new, Collectors.toList()));
        return byProfile.entrySet().stream()
                .map(each -> Map.<String, Object>of(
                        "id", each.getKey(),
                        "page", "structuredefinition-" + each.getKey() + ".html",
                        "examples",
                                each.getValue().stream()
                                        .map(example -> Map.of(
                                                "href", PageNames.example(example),
                                                "shows", example.shows(),
                                                "rule", example.rule(),
                                                "verdict", example.verdict(),
                                                "verdictWord", words.text("verdict-" + example.verdict())))
                                        .toList()))
                .toList();
    }

    private void page(Site site, Example example) {
        OperationOutcome french = answers.to(example, Language.FRENCH.code());
        OperationOutcome english = answers.to(example, Language.ENGLISH.code());
        Map<String, Object> model = new HashMap<>();
        model.put("profile", example.profile());
        model.put("profilePage", "structuredefinition-" + example.profile() + ".html");
        model.put("shows", example.shows());
        model.put("rule", example.rule());
        model.put("verdict", example.verdict());
        model.put("verdictWord", words.text("verdict-" + example.verdict()));
        model.put("refused", example.verdict().equals("invalid"));
        model.put("json", example.json().strip());
        model.put("source", PageNames.exampleJson(example));
        model.put("issues", issues(french, english));
        model.put("answer", new Text(json.encodeResourceToString(french), json.encodeResourceToString(english)));
        Text title = words.text("verdict-" + example.verdict());
        site.page(
                PageNames.example(example),
                "example",
                "Examples",
                new Text(example.profile() + " : " + title.french(), example.profile() + ": " + title.english()),
                model);
    }

    /** Both languages say the same in the same order, because they come of one verdict. */
    private List<Map<String, Object>> issues(OperationOutcome french, OperationOutcome english) {
        return french.getIssue().stream()
                .map(issue -> Map.<String, Object>of(
                        "severity", severity(issue),
                        "severityWord", words.text("severity-" + severity(issue)),
                        "text",
                                new Text(
                                        issue.getDiagnostics(),
                                        english.getIssue()
                                                .get(french.getIssue().indexOf(issue))
                                                .getDiagnostics()),
                        "places",
                                issue.getExpression().stream()
                                        .map(StringType::getValue)
                                        .toList()))
                .toList();
    }

    private static String severity(OperationOutcomeIssueComponent issue) {
        IssueSeverity severity = issue.getSeverity();
        return severity == IssueSeverity.FATAL ? "error" : severity.toCode();
    }
}
