package ml.keneya.guide;

import java.util.Locale;
import org.hl7.fhir.r4.model.Resource;

/** Names of the pages: the same in both languages, so that switching is a change of folder. */
final class PageNames {

    private PageNames() {}

    static String page(Resource resource) {
        return page(resource, 1);
    }

    /** @param number of the page of a long list, from 1 */
    static String page(Resource resource, int number) {
        String id = resource.getIdElement().getIdPart();
        return resource.fhirType().toLowerCase(Locale.ROOT) + "-" + id + (number == 1 ? "" : "-" + number) + ".html";
    }

    /** Questionnaires, measures and topics are in the package without a page. */
    static boolean hasPage(Resource resource) {
        return switch (resource.fhirType()) {
            case "StructureDefinition", "CodeSystem", "ValueSet", "ConceptMap" -> true;
            default -> false;
        };
    }

    static String example(Example example) {
        return "example-" + example.verdict() + "-" + example.profile() + "-" + slug(example.name()) + ".html";
    }

    static String exampleJson(Example example) {
        return "examples/" + example.verdict() + "/" + example.profile() + "/" + example.name() + ".json";
    }

    private static String slug(String name) {
        return name.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
