package ml.keneya.conformance.terminology;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Objects;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code CodeSystem/$lookup}: what a code is called and what is known of it. */
@Component
class LooksUpCodes {

    private final CodeSystems codeSystems;

    LooksUpCodes(CodeSystems codeSystems) {
        this.codeSystems = codeSystems;
    }

    @Operation(
            name = "$lookup",
            typeName = "CodeSystem",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup",
            idempotent = true)
    public Parameters lookUp(
            @OperationParam(name = "code", typeName = "code") @Nullable IPrimitiveType<String> code,
            @OperationParam(name = "system", typeName = "uri") @Nullable IPrimitiveType<String> system,
            @OperationParam(name = "version", typeName = "string") @Nullable IPrimitiveType<String> version,
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "displayLanguage", typeName = "code") @Nullable IPrimitiveType<String> language,
            @OperationParam(name = "property", max = OperationParam.MAX_UNLIMITED) @Nullable List<CodeType> properties,
            RequestDetails request) {
        Coding asked = Arguments.codings(system, code, null, coding, null).get(0);
        if (!asked.hasSystem()) {
            throw Arguments.missing("« system »");
        }
        CodeSystem codeSystem = codeSystems.byUrl(asked.getSystem(), Arguments.text(version));
        ConceptDefinitionComponent concept = codeSystems
                .concept(codeSystem, asked.getCode())
                .orElseThrow(() ->
                        new RefusedException(Refusal.of(RefusalCode.UNKNOWN_CODE, asked.getCode(), asked.getSystem())));
        Term term = codeSystems.term(codeSystem, asked.getCode()).orElseThrow();
        Parameters answer = new Parameters();
        answer.addParameter("name", codeSystem.hasTitle() ? codeSystem.getTitle() : codeSystem.getName());
        if (codeSystem.hasVersion()) {
            answer.addParameter("version", codeSystem.getVersion());
        }
        String display = term.in(Arguments.language(language, request));
        answer.addParameter("display", Objects.requireNonNullElse(display, term.code()));
        addNames(answer, term);
        List<String> wanted = properties == null
                ? List.of()
                : properties.stream().map(CodeType::getCode).toList();
        addProperties(answer, concept, wanted);
        addChildren(answer, codeSystems.hierarchy(codeSystem), asked.getCode(), wanted);
        return answer;
    }

    private static void addNames(Parameters answer, Term term) {
        if (term.display() != null && term.language() != null) {
            addName(answer, term.language(), term.display());
        }
        term.names().stream()
                .filter(name -> !name.text().equals(term.display()))
                .forEach(name -> addName(answer, name.language(), name.text()));
    }

    private static void addName(Parameters answer, String language, String text) {
        ParametersParameterComponent designation = answer.addParameter().setName("designation");
        designation.addPart().setName("language").setValue(new CodeType(language));
        designation.addPart().setName("value").setValue(new StringType(text));
    }

    /** @param codes the properties asked for; all of them when empty */
    private static void addProperties(Parameters answer, ConceptDefinitionComponent concept, List<String> codes) {
        if (concept.hasDefinition() && (codes.isEmpty() || codes.contains("definition"))) {
            addProperty(answer, "definition", new StringType(concept.getDefinition()));
        }
        concept.getProperty().stream()
                .filter(property -> property.hasValue() && (codes.isEmpty() || codes.contains(property.getCode())))
                .forEach(property -> addProperty(answer, property.getCode(), property.getValue()));
    }

    /** What a code stands under is a property that our lists state themselves. */
    private static void addChildren(Parameters answer, Hierarchy hierarchy, String code, List<String> codes) {
        if (codes.isEmpty() || codes.contains("child")) {
            hierarchy.childrenOf(code).forEach(child -> addProperty(answer, "child", new CodeType(child)));
        }
    }

    private static void addProperty(Parameters answer, String code, Type value) {
        ParametersParameterComponent property = answer.addParameter().setName("property");
        property.addPart().setName("code").setValue(new CodeType(code));
        property.addPart().setName("value").setValue(value);
    }
}
