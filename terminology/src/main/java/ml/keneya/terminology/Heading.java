package ml.keneya.terminology;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Begins a resource with what every artefact says about itself: address, names, state, publisher, terms. */
record Heading(String version) {

    static final String CANONICAL_BASE = "https://keneya.ml/fhir";
    static final String PUBLISHER = "Kènèya";

    private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";

    ObjectNode of(String resourceType, Row about) {
        var id = about.text("id");
        if (!id.matches("ml-[a-z0-9-]{1,61}")) {
            throw about.refusal("the id " + id + " is not of the form ml-name");
        }
        var resource = JsonNodeFactory.instance.objectNode();
        resource.put("resourceType", resourceType).put("id", id).put("language", "fr");
        resource.put("url", canonical(resourceType, id)).put("version", version).put("name", computableName(id));
        bilingual(resource, "title", about.text("title_fr"), about.text("title_en"));
        resource.put("status", about.text("status")).put("experimental", false).put("date", about.text("checked_on"));
        resource.put("publisher", PUBLISHER);
        bilingual(resource, "description", about.text("description_fr"), about.text("description_en"));
        jurisdiction(resource);
        resource.put("copyright", about.text("licence") + ". Source : " + about.text("source") + ".");
        return resource;
    }

    static void jurisdiction(ObjectNode resource) {
        var coding =
                resource.putArray("jurisdiction").addObject().putArray("coding").addObject();
        coding.put("system", "urn:iso:std:iso:3166").put("code", "ML").put("display", "Mali");
    }

    static String canonical(String resourceType, String id) {
        return CANONICAL_BASE + "/" + resourceType + "/" + id;
    }

    /** A machine name must be an identifier in most programming languages: {@code ml-vaccine-dose} is MLVaccineDose. */
    static String computableName(String id) {
        return Arrays.stream(id.substring("ml-".length()).split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", "ML", ""));
    }

    /** French is the text itself; English rides on the standard translation extension. */
    static void bilingual(ObjectNode node, String element, String french, String english) {
        node.put(element, french);
        var translation = node.putObject("_" + element).putArray("extension").addObject();
        translation.put("url", TRANSLATION);
        var parts = translation.putArray("extension");
        parts.addObject().put("url", "lang").put("valueCode", "en");
        parts.addObject().put("url", "content").put("valueString", english);
    }
}
