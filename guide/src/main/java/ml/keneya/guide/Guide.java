package ml.keneya.guide;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * Writes the guide and the package. The same inputs give the same bytes: there is no clock in it, and no network.
 *
 * @param packages folders laid out as FHIR packages, the profiles last and with snapshots
 * @param searchParameters what the exchange can search for, each with its use; the guide gives them its version
 * @param samples the sample bundles of the loader
 * @param refusals the catalogue of refusals by language tag
 */
public record Guide(
        FhirContext context,
        List<Path> packages,
        List<Example> examples,
        List<SearchParameter> searchParameters,
        Path samples,
        Map<String, ResourceBundle> refusals) {

    public static final String ARCHIVE = "package.tgz";

    public Guide {
        packages = List.copyOf(packages);
        examples = List.copyOf(examples);
        searchParameters = List.copyOf(searchParameters);
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

        new ProfilePages(content, examples, searchParameters, words).write(site);
        new SearchPages(searchParameters, words).write(site);
        new ExamplePages(context, examples, answers, words).write(site);
        new TerminologyPages(content, words).write(site);
        new SearchIndex(content).write(site);
        new StartPages(content, searchParameters.size(), refusals, words).write(site);
        new FirstBundlePages(context, samples, answers, words).write(site);
        complete(published, content, words);
        published.writeTo(folder.resolve(ARCHIVE));
    }

    /** What no folder holds: search parameters, examples, and the list of it all. */
    private void complete(Published published, ConformanceContent content, Words words) {
        List<Resource> made = searchParameters.stream()
                .map(parameter -> (Resource) parameter.copy().setVersion(published.version()))
                .toList();
        made.forEach(parameter -> published.add(parameter, context));
        List<PackagedExample> packaged = PackagedExample.of(examples, content.profilesAddress());
        packaged.forEach(published::add);
        ConformanceContent whole = new ConformanceContent(
                Stream.concat(content.resources().stream(), made.stream()).toList());
        published.add(ImplementationGuides.of(published, whole, packaged, words), context);
    }
}
