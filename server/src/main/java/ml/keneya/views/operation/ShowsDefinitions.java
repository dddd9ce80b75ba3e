package ml.keneya.views.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import ml.keneya.views.definition.CompiledView;
import ml.keneya.views.upkeep.Definitions;
import org.springframework.stereotype.Component;

/** Lists the views as a search for them would. */
@Component
class ShowsDefinitions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Definitions definitions;

    ShowsDefinitions(Definitions definitions) {
        this.definitions = definitions;
    }

    List<CompiledView> all() {
        return definitions.all();
    }

    /** @return a searchset Bundle in JSON, by hand because HAPI knows no ViewDefinition */
    String asSearch(String base) {
        try {
            ObjectNode bundle = JSON.createObjectNode()
                    .put("resourceType", "Bundle")
                    .put("type", "searchset")
                    .put("total", definitions.all().size());
            ArrayNode entries = bundle.putArray("entry");
            for (CompiledView view : definitions.all()) {
                entries.addObject()
                        .put("fullUrl", base + "/ViewDefinition/" + view.name())
                        .set("resource", JSON.readTree(view.source()));
            }
            return JSON.writeValueAsString(bundle);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A definition was compiled from this text.", impossible);
        }
    }
}
