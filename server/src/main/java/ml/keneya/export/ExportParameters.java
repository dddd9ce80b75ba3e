package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, wherever they stand: in the address, or in a Parameters resource. */
final class ExportParameters {

    private final Map<String, List<String>> values;

    private ExportParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    static ExportParameters read(ServletRequestDetails request, FhirContext context) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        request.getParameters()
                .forEach((name, texts) ->
                        values.computeIfAbsent(name, each -> new ArrayList<>()).addAll(Arrays.asList(texts)));
        byte[] body = request.getRequestType() == RequestTypeEnum.POST ? request.loadRequestContents() : new byte[0];
        if (body.length > 0) {
            for (ParametersParameterComponent parameter :
                    parse(request, context, body).getParameter()) {
                String value = text(parameter.getValue());
                values.computeIfAbsent(parameter.getName(), each -> new ArrayList<>())
                        .add(value == null ? "" : value);
            }
        }
        return new ExportParameters(values);
    }

    private static @Nullable String text(@Nullable Type value) {
        if (value instanceof Reference reference) {
            return reference.getReference();
        }
        if (value instanceof Coding coding) {
            return coding.getCode();
        }
        return value == null ? null : value.primitiveValue();
    }

    private static Parameters parse(ServletRequestDetails request, FhirContext context, byte[] body) {
        String type = String.valueOf(request.getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        IParser parser = type.contains("xml") ? context.newXmlParser() : context.newJsonParser();
        IBaseResource resource = parser.parseResource(new String(body, StandardCharsets.UTF_8));
        if (resource instanceof Parameters parameters) {
            return parameters;
        }
        throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "Parameters"));
    }

    Set<String> names() {
        return values.keySet();
    }

    ExportParameters without(Set<String> names) {
        Map<String, List<String>> others = new LinkedHashMap<>(values);
        others.keySet().removeAll(names);
        return new ExportParameters(others);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Values that may be repeated or stand in one text with commas between them. */
    List<String> listed(String name) {
        return all(name).stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }
}
