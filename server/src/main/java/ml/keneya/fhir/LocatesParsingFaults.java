package ml.keneya.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.keneya.fhir.ParsingFault.Kind;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.EnumFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a JSON body the parser's faults stand, because HAPI's parser does not say. Runs only once something is
 * known to be wrong.
 */
class LocatesParsingFaults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FhirContext context;

    LocatesParsingFaults(FhirContext context) {
        this.context = context;
    }

    /** Faults with their places; none when the body is not JSON. */
    List<ParsingFault> in(byte[] body) {
        List<ParsingFault> faults = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(body);
            BaseRuntimeElementCompositeDefinition<?> resource = resourceOf(root);
            if (resource != null) {
                lookInto(root, resource, resource.getName(), faults);
            }
        } catch (IOException notJson) {
            return List.of();
        }
        return faults;
    }

    private void lookInto(
            JsonNode object, BaseRuntimeElementCompositeDefinition<?> type, String path, List<ParsingFault> faults) {
        object.fields().forEachRemaining(member -> {
            String name = member.getKey().startsWith("_") ? member.getKey().substring(1) : member.getKey();
            String place = path + "." + name;
            if (name.equals("extension") || name.equals("modifierExtension")) {
                each(member.getValue(), place, (node, at) -> lookInto(node, extension(), at, faults));
            } else if (!name.equals("resourceType") && !name.equals("id") && !name.equals("fhir_comments")) {
                BaseRuntimeChildDefinition child = type.getChildByName(name);
                if (child == null) {
                    faults.add(new ParsingFault(Kind.UNKNOWN_ELEMENT, place, name, ""));
                } else if (child.getMax() == 1
                        && member.getValue().size() > 1
                        && member.getValue().isArray()) {
                    faults.add(new ParsingFault(Kind.WRONG_SHAPE, place, name, ""));
                } else if (!member.getKey().startsWith("_")) {
                    each(member.getValue(), place, (node, at) -> lookAt(node, child, name, at, faults));
                }
            }
        });
    }

    private void lookAt(
            JsonNode node, BaseRuntimeChildDefinition child, String name, String place, List<ParsingFault> faults) {
        BaseRuntimeElementDefinition<?> type = child.getChildByName(name);
        if (node.isObject()) {
            BaseRuntimeElementCompositeDefinition<?> structure = node.has("resourceType")
                    ? resourceOf(node)
                    : type instanceof BaseRuntimeElementCompositeDefinition<?> composite ? composite : null;
            if (structure != null) {
                lookInto(node, structure, place, faults);
            }
        } else if (type instanceof RuntimePrimitiveDatatypeDefinition primitive && !node.isNull()) {
            if (!accepts(primitive, child, node.asText())) {
                faults.add(new ParsingFault(Kind.INVALID_VALUE, place, name, node.asText(), codesOf(child)));
            }
        } else if (type instanceof BaseRuntimeElementCompositeDefinition<?> && !node.isNull()) {
            faults.add(new ParsingFault(Kind.WRONG_SHAPE, place, name, ""));
        }
    }

    private static boolean accepts(
            RuntimePrimitiveDatatypeDefinition type, BaseRuntimeChildDefinition child, String value) {
        try {
            IPrimitiveType<?> instance = type.newInstance(child.getInstanceConstructorArguments());
            instance.setValueAsString(value);
            return true;
        } catch (DataFormatException | IllegalArgumentException refused) {
            return value.isBlank();
        }
    }

    /** The codes of a list that FHIR imposes. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<String> codesOf(BaseRuntimeChildDefinition child) {
        if (!(child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition coded)
                || !(coded.getInstanceConstructorArguments() instanceof EnumFactory factory)) {
            return List.of();
        }
        return Arrays.stream(coded.getBoundEnumType().getEnumConstants())
                .filter(code -> !code.name().equals("NULL"))
                .map(code -> factory.toCode(code))
                .map(String::valueOf)
                .toList();
    }

    private @Nullable BaseRuntimeElementCompositeDefinition<?> resourceOf(JsonNode node) {
        String type = node.path("resourceType").asText();
        return context.getResourceTypes().contains(type) ? context.getResourceDefinition(type) : null;
    }

    private BaseRuntimeElementCompositeDefinition<?> extension() {
        return (BaseRuntimeElementCompositeDefinition<?>) context.getElementDefinition("Extension");
    }

    private static void each(JsonNode value, String path, Visit visit) {
        if (!value.isArray()) {
            visit.at(value, path);
            return;
        }
        for (int index = 0; index < value.size(); index++) {
            visit.at(value.get(index), path + "[" + index + "]");
        }
    }

    @FunctionalInterface
    private interface Visit {
        void at(JsonNode node, String path);
    }
}
