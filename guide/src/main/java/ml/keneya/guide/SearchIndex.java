package ml.keneya.guide;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeSystem;

/**
 * Every code with its names in one compact file, which the page searches without asking the server: once it is read, a
 * lost connection does no harm.
 */
final class SearchIndex {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConformanceContent content;

    SearchIndex(ConformanceContent content) {
        this.content = content;
    }

    /**
     * {@code page: rows on a page of a list, systems: [[id, French title, English title]], codes: [[system, code,
     * French, English when different]]}.
     */
    void write(Site site) {
        List<CodeSystem> systems = new ArrayList<>(content.of(CodeSystem.class));
        ObjectNode index = JSON.createObjectNode();
        index.put("page", TerminologyPages.PAGE);
        ArrayNode titles = index.putArray("systems");
        ArrayNode codes = index.putArray("codes");
        for (int number = 0; number < systems.size(); number++) {
            CodeSystem system = systems.get(number);
            Text title = Text.of(system.getTitleElement());
            titles.addArray().add(system.getIdPart()).add(title.french()).add(title.english());
            int ofSystem = number;
            Concepts.flat(system.getConcept()).forEach(concept -> {
                Text name = Concepts.name(concept);
                ArrayNode row =
                        codes.addArray().add(ofSystem).add(concept.getCode()).add(name.french());
                if (!name.english().equals(name.french())) {
                    row.add(name.english());
                }
            });
        }
        try {
            site.text("codes.json", JSON.writeValueAsString(index));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
