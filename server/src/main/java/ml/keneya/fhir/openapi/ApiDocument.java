package ml.keneya.fhir.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import ml.keneya.fhir.Language;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceInteractionComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemInteractionComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;
import org.hl7.fhir.r4.model.StringType;

/**
 * Writes the CapabilityStatement as an OpenAPI 3.0 document: the two say the same, so the document shows what is served
 * and nothing else.
 */
class ApiDocument {

    private static final String RESOURCE = "#/components/schemas/Resource";
    private static final String PARAMETERS = "#/components/parameters/";
    private static final String EXCHANGE = "Kènèya";

    private final CapabilityStatement statement;
    private final OperationDefinitions operations;
    private final Language language;
    private final Words words;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode paths = JsonNodeFactory.instance.objectNode();

    ApiDocument(CapabilityStatement statement, OperationDefinitions operations, Language language) {
        this.statement = statement;
        this.operations = operations;
        this.language = language;
        this.words = new Words(language);
    }

    ObjectNode write() {
        document.put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", spoken(statement.getTitleElement()))
                .put("description", words.say("description"))
                .put("version", statement.getSoftware().getVersion());
        document.putArray("servers")
                .addObject()
                .put("url", statement.getImplementation().getUrl());
        document.putArray("tags").addObject().put("name", EXCHANGE).put("description", words.say("exchange"));
        document.set("paths", paths);
        CapabilityStatementRestComponent rest = statement.getRestFirstRep();
        writeExchange(rest);
        rest.getResource().forEach(this::writeType);
        writeComponents();
        return document;
    }

    private String spoken(StringType text) {
        String english = text.getTranslation("en");
        return language == Language.ENGLISH && english != null ? english : text.getValue();
    }

    private void writeExchange(CapabilityStatementRestComponent rest) {
        operation("/metadata", "get", EXCHANGE, words.say("metadata"));
        Set<SystemRestfulInteraction> interactions = rest.getInteraction().stream()
                .map(SystemInteractionComponent::getCode)
                .collect(Collectors.toSet());
        if (interactions.contains(SystemRestfulInteraction.TRANSACTION)) {
            takesResource(operation("/", "post", EXCHANGE, words.say("transaction")));
        }
        if (interactions.contains(SystemRestfulInteraction.SEARCHSYSTEM)) {
            operation("/", "get", EXCHANGE, words.say("search-system"));
        }
        if (interactions.contains(SystemRestfulInteraction.HISTORYSYSTEM)) {
            operation("/_history", "get", EXCHANGE, words.say("history-system"));
        }
        rest.getOperation().forEach(offered -> writeOperation("", EXCHANGE, offered));
    }

    private void writeType(CapabilityStatementRestResourceComponent resource) {
        String type = resource.getType();
        document.withArray("tags").addObject().put("name", type);
        Set<TypeRestfulInteraction> interactions = resource.getInteraction().stream()
                .map(ResourceInteractionComponent::getCode)
                .collect(Collectors.toSet());
        for (TypeRestfulInteraction interaction : TypeRestfulInteraction.values()) {
            if (interactions.contains(interaction)) {
                writeInteraction(resource, type, interaction);
            }
        }
        resource.getOperation().forEach(offered -> writeOperation("/" + type, type, offered));
    }

    private void writeInteraction(
            CapabilityStatementRestResourceComponent resource, String type, TypeRestfulInteraction interaction) {
        String ofType = "/" + type;
        String ofRecord = ofType + "/{id}";
        String summary = interaction == TypeRestfulInteraction.NULL ? "" : words.say(interaction.toCode(), type);
        switch (interaction) {
            case SEARCHTYPE -> {
                ObjectNode search = operation(ofType, "get", type, summary);
                resource.getSearchParam().forEach(parameter -> takesSearchParameter(search, parameter));
                refersTo(search, "count");
                takesForm(operation(ofType + "/_search", "post", type, words.say("search-form", type)));
            }
            case CREATE -> takesResource(operation(ofType, "post", type, summary));
            case READ -> refersTo(operation(ofRecord, "get", type, summary), "id");
            case UPDATE -> takesResource(refersTo(operation(ofRecord, "put", type, summary), "id"));
            case PATCH -> takesPatch(refersTo(operation(ofRecord, "patch", type, summary), "id"));
            case DELETE -> refersTo(operation(ofRecord, "delete", type, summary), "id");
            case VREAD ->
                refersTo(refersTo(operation(ofRecord + "/_history/{version}", "get", type, summary), "id"), "version");
            case HISTORYINSTANCE -> refersTo(operation(ofRecord + "/_history", "get", type, summary), "id");
            case HISTORYTYPE -> operation(ofType + "/_history", "get", type, summary);
            case NULL -> {}
        }
    }

    private void writeOperation(String path, String tag, CapabilityStatementRestResourceOperationComponent offered) {
        operations.find(offered.getDefinition()).ifPresent(definition -> {
            String name = "/$" + definition.getCode();
            if (path.isEmpty() || definition.getType()) {
                writeOperation(path + name, tag, definition);
            }
            if (!path.isEmpty() && definition.getInstance()) {
                writeOperation(path + "/{id}" + name, tag, definition);
            }
        });
    }

    private void writeOperation(String path, String tag, OperationDefinition definition) {
        boolean ofRecord = path.contains("{id}");
        String summary = words.say("operation", "$" + definition.getCode());
        ObjectNode post = operation(path, "post", tag, summary);
        takesResource(post);
        if (ofRecord) {
            refersTo(post, "id");
        }
        if (definition.getAffectsState()) {
            return;
        }
        ObjectNode get = operation(path, "get", tag, summary);
        if (ofRecord) {
            refersTo(get, "id");
        }
        definition.getParameter().stream()
                .filter(parameter -> parameter.getUse() == OperationParameterUse.IN)
                .filter(ApiDocument::fitsInAddress)
                .forEach(parameter -> get.withArray("parameters")
                        .addObject()
                        .put("name", parameter.getName())
                        .put("in", "query")
                        .put("required", parameter.getMin() > 0)
                        .putObject("schema")
                        .put("type", "string"));
    }

    /** FHIR's simple types start with a small letter, the others must be posted. */
    private static boolean fitsInAddress(OperationDefinitionParameterComponent parameter) {
        return parameter.hasType() && Character.isLowerCase(parameter.getType().charAt(0));
    }

    private ObjectNode operation(String path, String method, String tag, String summary) {
        ObjectNode operation = paths.withObjectProperty(path).putObject(method);
        operation.putArray("tags").add(tag);
        operation.put("summary", summary);
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("200").put("$ref", "#/components/responses/done");
        responses.putObject("default").put("$ref", "#/components/responses/refused");
        return operation;
    }

    private static ObjectNode refersTo(ObjectNode operation, String parameter) {
        operation.withArray("parameters").addObject().put("$ref", PARAMETERS + parameter);
        return operation;
    }

    private static void takesSearchParameter(
            ObjectNode operation, CapabilityStatementRestResourceSearchParamComponent parameter) {
        ObjectNode described = operation
                .withArray("parameters")
                .addObject()
                .put("name", parameter.getName())
                .put("in", "query")
                .put("description", parameter.getType().toCode());
        described.putObject("schema").put("type", "string");
    }

    private static void takesResource(ObjectNode operation) {
        operation
                .putObject("requestBody")
                .putObject("content")
                .putObject("application/fhir+json")
                .putObject("schema")
                .put("$ref", RESOURCE);
    }

    private static void takesForm(ObjectNode operation) {
        operation
                .putObject("requestBody")
                .putObject("content")
                .putObject("application/x-www-form-urlencoded")
                .putObject("schema")
                .put("type", "object")
                .putObject("additionalProperties")
                .put("type", "string");
    }

    private static void takesPatch(ObjectNode operation) {
        ObjectNode schema = operation
                .putObject("requestBody")
                .putObject("content")
                .putObject("application/json-patch+json")
                .putObject("schema")
                .put("type", "array");
        schema.putObject("items").put("type", "object");
    }

    private void writeComponents() {
        ObjectNode components = document.putObject("components");
        components
                .putObject("schemas")
                .putObject("Resource")
                .put("type", "object")
                .put("description", words.say("resource"))
                .putArray("required")
                .add("resourceType");
        components
                .withObjectProperty("schemas")
                .withObjectProperty("Resource")
                .putObject("properties")
                .putObject("resourceType")
                .put("type", "string");
        ObjectNode parameters = components.putObject("parameters");
        parameter(parameters, "id", "id", "path", words.say("id"));
        parameter(parameters, "version", "version", "path", words.say("version"));
        parameter(parameters, "count", "_count", "query", words.say("count"));
        ObjectNode responses = components.putObject("responses");
        response(responses, "done", words.say("done"));
        response(responses, "refused", words.say("refused"));
    }

    private static void parameter(ObjectNode parameters, String key, String name, String in, String description) {
        parameters
                .putObject(key)
                .put("name", name)
                .put("in", in)
                .put("required", "path".equals(in))
                .put("description", description)
                .putObject("schema")
                .put("type", "string");
    }

    private static void response(ObjectNode responses, String key, String description) {
        responses
                .putObject(key)
                .put("description", description)
                .putObject("content")
                .putObject("application/fhir+json")
                .putObject("schema")
                .put("$ref", RESOURCE);
    }
}
