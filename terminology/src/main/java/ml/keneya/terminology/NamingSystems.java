package ml.keneya.terminology;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The identifier systems: which address stands for which number, and who issues it. */
record NamingSystems(Lists lists, Codes codes) {

    List<ObjectNode> resources() {
        return lists.rowsBy("id", "namingsystems").values().stream()
                .map(this::resource)
                .toList();
    }

    /** In R4 a NamingSystem has neither url, version nor title, hence no common heading. */
    private ObjectNode resource(Row row) {
        var resource = JsonNodeFactory.instance.objectNode();
        var id = row.text("id");
        resource.put("resourceType", "NamingSystem").put("id", id).put("language", "fr");
        resource.put("name", Heading.computableName(id)).put("status", row.text("status"));
        resource.put("kind", "identifier").put("date", row.text("checked_on"));
        resource.put("publisher", Heading.PUBLISHER).put("responsible", row.text("responsible"));
        var type = resource.putObject("type");
        var codings = type.putArray("coding");
        codings.add(codes.coding(row, "ml-identifier-type", row.text("identifier_type")));
        row.optional("hl7_type").ifPresent(code -> codings.add(codes.coding(row, "v2-0203", code)));
        Heading.bilingual(type, "text", row.text("title_fr"), row.text("title_en"));
        Heading.bilingual(resource, "description", row.text("description_fr"), row.text("description_en"));
        Heading.jurisdiction(resource);
        var system = row.text("system");
        resource.putArray("uniqueId")
                .addObject()
                .put("type", system.contains("{") ? "other" : "uri")
                .put("value", system)
                .put("preferred", true);
        return resource;
    }
}
