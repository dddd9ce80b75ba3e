package ml.keneya.security.access;

import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for: a request over HTTP, or one entry of a bundle.
 *
 * @param type of the resources concerned, absent when it concerns none or several
 * @param operation with its dollar sign, absent when it is none
 * @param parameters as they stand in the address
 */
record Wish(
        Interaction interaction,
        @Nullable String type,
        @Nullable String operation,
        Map<String, String[]> parameters) {

    private static final Set<String> API_PAGES = Set.of("api-docs", "swagger-ui");

    /** The types that a search of the whole server names. */
    List<String> typesToSearch() {
        return Arrays.stream(parameters.getOrDefault("_type", new String[0]))
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** A request before HAPI has chosen who handles it. */
    static Wish of(RequestDetails request) {
        String type = request.getResourceName();
        Interaction interaction = interaction(request);
        boolean concernsNone = interaction == Interaction.CAPABILITIES || interaction == Interaction.API_PAGE;
        String operation = interaction == Interaction.OPERATION ? request.getOperation() : null;
        return new Wish(interaction, concernsNone ? null : type, operation, request.getParameters());
    }

    private static Interaction interaction(RequestDetails request) {
        String type = request.getResourceName();
        String operation = request.getOperation();
        RequestTypeEnum method = request.getRequestType();
        boolean reading = method == RequestTypeEnum.GET || method == RequestTypeEnum.HEAD;
        if (method == RequestTypeEnum.OPTIONS || reading && type == null && "metadata".equals(operation)) {
            return Interaction.CAPABILITIES;
        }
        if (reading && type != null && API_PAGES.contains(type)) {
            return Interaction.API_PAGE;
        }
        // HAPI answers with the page, whatever operation stands before it.
        if (request.getParameters().containsKey("_getpages")) {
            return reading && request.getId() == null && operation == null ? Interaction.PAGE : Interaction.OTHER;
        }
        if (operation != null && operation.startsWith("$")) {
            return Interaction.OPERATION;
        }
        if (request.getCompartmentName() != null || request.getSecondaryOperation() != null) {
            return Interaction.OTHER;
        }
        boolean one = request.getId() != null;
        if (operation != null) {
            return switch (operation) {
                case "_history" -> reading ? history(type, one) : Interaction.OTHER;
                case "_search" -> method == RequestTypeEnum.POST && !one ? search(type) : Interaction.OTHER;
                default -> Interaction.OTHER;
            };
        }
        boolean version = one && request.getId().hasVersionIdPart();
        return interaction(method.name(), type, one, version);
    }

    private static Interaction interaction(String method, @Nullable String type, boolean one, boolean version) {
        return switch (method) {
            case "GET", "HEAD" -> one ? (version ? Interaction.VREAD : Interaction.READ) : search(type);
            case "POST" -> one ? Interaction.OTHER : type == null ? Interaction.TRANSACTION : Interaction.CREATE;
            case "PUT" -> type == null ? Interaction.OTHER : Interaction.UPDATE;
            case "PATCH" -> type == null ? Interaction.OTHER : Interaction.PATCH;
            // By a condition it would delete, or tell of, what others keep.
            case "DELETE" -> one ? Interaction.DELETE : Interaction.OTHER;
            default -> Interaction.OTHER;
        };
    }

    private static Interaction search(@Nullable String type) {
        return type == null ? Interaction.SEARCH_SYSTEM : Interaction.SEARCH_TYPE;
    }

    private static Interaction history(@Nullable String type, boolean one) {
        if (type == null) {
            return Interaction.HISTORY_SYSTEM;
        }
        return one ? Interaction.HISTORY_INSTANCE : Interaction.HISTORY_TYPE;
    }

    /** An entry of a bundle. */
    static Wish of(BundleEntryComponent entry, String base) {
        HTTPVerb verb = entry.getRequest().getMethod();
        String url = String.valueOf(entry.getRequest().getUrl());
        String relative = url.startsWith(base + "/") ? url.substring(base.length() + 1) : url;
        int question = relative.indexOf('?');
        Map<String, String[]> parameters =
                question < 0 ? Map.of() : UrlUtil.parseQueryString(relative.substring(question + 1));
        String path = question < 0 ? relative : relative.substring(0, question);
        List<String> steps =
                Arrays.stream(path.split("/")).filter(step -> !step.isEmpty()).toList();
        if (verb == null || path.contains(":")) {
            return new Wish(Interaction.OTHER, null, null, parameters);
        }
        String last = steps.isEmpty() ? "" : steps.get(steps.size() - 1);
        String type = steps.isEmpty() || last.equals(steps.get(0)) && last.startsWith("$") ? null : steps.get(0);
        if (parameters.containsKey("_getpages")) {
            return new Wish(Interaction.OTHER, type, null, parameters);
        }
        if (last.startsWith("$")) {
            return new Wish(Interaction.OPERATION, type, last, parameters);
        }
        boolean reading = verb == HTTPVerb.GET || verb == HTTPVerb.HEAD;
        if (reading && steps.size() == 1 && last.equals("metadata")) {
            return new Wish(Interaction.CAPABILITIES, null, null, parameters);
        }
        if (last.equals("_history")) {
            Interaction history = reading && steps.size() <= 3 ? history(type, steps.size() == 3) : Interaction.OTHER;
            return new Wish(history, type, null, parameters);
        }
        if (steps.size() == 4 && steps.get(2).equals("_history")) {
            return new Wish(reading ? Interaction.VREAD : Interaction.OTHER, type, null, parameters);
        }
        if (steps.size() == 3) {
            // GET Patient/1/Observation is the search in Observation that it stands for.
            boolean inCompartment = reading && Character.isUpperCase(last.charAt(0));
            return new Wish(inCompartment ? Interaction.SEARCH_TYPE : Interaction.OTHER, last, null, parameters);
        }
        return steps.size() > 3
                ? new Wish(Interaction.OTHER, type, null, parameters)
                : new Wish(interaction(verb.name(), type, steps.size() == 2, false), type, null, parameters);
    }
}
