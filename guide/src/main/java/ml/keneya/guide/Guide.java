package ml.keneya.guide;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;

/**
 * Writes the guide and the package. The same inputs give the same bytes: there is no clock in it, and no network.
 *
 * @param packages folders laid out as FHIR packages, the profiles last and with snapshots
 * @param samples the sample bundles of the loader
 * @param refusals the catalogue of refusals by language tag
 */
public record Guide(
        FhirContext context,
        List<Path> packages,
        List<Example> examples,
        Path samples,
        Map<String, ResourceBundle> refusals) {

    public static final String ARCHIVE = "package.tgz";

    public Guide {
        packages = List.copyOf(packages);
        examples = List.copyOf(examples);
        refusals = Map.copyOf(refusals);
    }

    /** @param folder is emptied first; it receives the pages and {@link #ARCHIVE} */
    public void write(Path folder, Answers answers) {
        Published published = Published.of(packages);
        ConformanceContent content = new ConformanceContent(packages.stream()
                .flatMap(each -> ConformanceContent.in(each, context).resources().stream())
                .toList());
        Words words = new Words();
        Site site = new Site(folder, words, published.version());
        List.of("guide.css", "guide.js", "check.js", "search.js").forEach(site::asset);

        new ProfilePages(content, examples, words).write(site);
        new ExamplePages(context, examples, answers, words).write(site);
        new TerminologyPages(content, words).write(site);
        new SearchIndex(content).write(site);
        new StartPages(content, context, samples, refusals, words).write(site);
        published.writeTo(folder.resolve(ARCHIVE));
    }
}
