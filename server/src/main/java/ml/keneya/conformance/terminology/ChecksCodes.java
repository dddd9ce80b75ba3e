package ml.keneya.conformance.terminology;

import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.CodeValidationResult;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Optional;
import ml.keneya.fhir.Language;
import ml.keneya.fhir.Outcomes;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code $validate-code}: is this code in that list, or in that code system, and is it called so? */
@Component
class ChecksCodes {

    private final ValueSets valueSets;
    private final CodeSystems codeSystems;
    private final ReadsMembers reads;
    private final IValidationSupport support;

    ChecksCodes(ValueSets valueSets, CodeSystems codeSystems, ReadsMembers reads, IValidationSupport support) {
        this.valueSets = valueSets;
        this.reads = reads;
        this.codeSystems = codeSystems;
        this.support = support;
    }

    @Operation(
            name = "$validate-code",
            typeName = "ValueSet",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/ValueSet-validate-code",
            idempotent = true)
    public Parameters inValueSet(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url", typeName = "uri") @Nullable IPrimitiveType<String> url,
            @OperationParam(name = "valueSetVersion", typeName = "string") @Nullable IPrimitiveType<String> version,
            @OperationParam(name = "valueSet") @Nullable ValueSet given,
            @OperationParam(name = "code", typeName = "code") @Nullable IPrimitiveType<String> code,
            @OperationParam(name = "system", typeName = "uri") @Nullable IPrimitiveType<String> system,
            @OperationParam(name = "display", typeName = "string") @Nullable IPrimitiveType<String> display,
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "codeableConcept") @Nullable CodeableConcept concept,
            @OperationParam(name = "displayLanguage", typeName = "code") @Nullable IPrimitiveType<String> language,
            RequestDetails request) {
        ValueSet valueSet = given != null ? given : Arguments.find(valueSets, id, url, version);
        List<Coding> codings = Arguments.codings(system, code, display, coding, concept);
        String wanted = Arguments.language(language, request);
        String name = valueSet.hasUrl() ? valueSet.getUrl() : "valueSet";
        Optional<Members> members = valueSets.membersOf(valueSet);
        for (Coding candidate : codings) {
            Optional<Term> found =
                    members.isPresent() ? reads.find(members.get(), candidate) : checkedByLibrary(valueSet, candidate);
            if (found.isPresent()) {
                return verdict(candidate, found.get(), wanted);
            }
        }
        return refused(codings.get(0), "code.not-in-value-set", name, wanted);
    }

    @Operation(
            name = "$validate-code",
            typeName = "CodeSystem",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/CodeSystem-validate-code",
            idempotent = true)
    public Parameters inCodeSystem(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "url", typeName = "uri") @Nullable IPrimitiveType<String> url,
            @OperationParam(name = "version", typeName = "string") @Nullable IPrimitiveType<String> version,
            @OperationParam(name = "code", typeName = "code") @Nullable IPrimitiveType<String> code,
            @OperationParam(name = "display", typeName = "string") @Nullable IPrimitiveType<String> display,
            @OperationParam(name = "coding") @Nullable Coding coding,
            @OperationParam(name = "codeableConcept") @Nullable CodeableConcept concept,
            @OperationParam(name = "displayLanguage", typeName = "code") @Nullable IPrimitiveType<String> language,
            RequestDetails request) {
        List<Coding> codings = Arguments.codings(url, code, display, coding, concept);
        String wanted = Arguments.language(language, request);
        CodeSystem codeSystem = id != null && id.hasIdPart()
                ? codeSystems.byId(id.getIdPart())
                : codeSystems.byUrl(systemOf(url, codings), Arguments.text(version));
        for (Coding candidate : codings) {
            Optional<Term> found =
                    candidate.hasSystem() && !candidate.getSystem().equals(codeSystem.getUrl())
                            ? Optional.empty()
                            : codeSystems.term(codeSystem, candidate.getCode());
            if (found.isPresent()) {
                return verdict(candidate, found.get(), wanted);
            }
        }
        return refused(codings.get(0), "code.not-in-code-system", codeSystem.getUrl(), wanted);
    }

    private static String systemOf(@Nullable IPrimitiveType<String> url, List<Coding> codings) {
        String given = Arguments.text(url);
        if (given != null) {
            return given;
        }
        return codings.stream()
                .filter(Coding::hasSystem)
                .map(Coding::getSystem)
                .findFirst()
                .orElseThrow(() -> Arguments.missing("« url »"));
    }

    /** Lists without an end (units, languages, media types) are checked by the rules that HAPI knows of them. */
    private Optional<Term> checkedByLibrary(ValueSet valueSet, Coding candidate) {
        CodeValidationResult result = support.validateCodeInValueSet(
                new ValidationSupportContext(support),
                new ConceptValidationOptions().setInferSystem(!candidate.hasSystem()),
                candidate.getSystem(),
                candidate.getCode(),
                null,
                valueSet);
        if (result == null) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_EXPANDABLE, valueSet.getUrl()));
        }
        String system = candidate.hasSystem() ? candidate.getSystem() : "";
        return result.isOk()
                ? Optional.of(new Term(system, null, candidate.getCode(), result.getDisplay(), null, List.of(), false))
                : Optional.empty();
    }

    private static Parameters verdict(Coding candidate, Term found, String language) {
        boolean rightName =
                !candidate.hasDisplay() || found.display() == null || found.isCalled(candidate.getDisplay());
        Parameters answer = new Parameters();
        answer.addParameter("result", rightName);
        if (!rightName) {
            answer.addParameter("message", words("code.called-otherwise", language, candidate.getDisplay()));
        }
        answer.addParameter("code", found.code());
        if (!found.system().isEmpty()) {
            answer.addParameter("system", found.system());
        }
        String name = found.in(language);
        if (name != null) {
            answer.addParameter("display", name);
        }
        return answer;
    }

    private static Parameters refused(Coding candidate, String key, String list, String language) {
        String code = candidate.hasSystem() ? candidate.getSystem() + "#" + candidate.getCode() : candidate.getCode();
        return new Parameters().addParameter("result", false).addParameter("message", words(key, language, code, list));
    }

    private static String words(String key, String language, Object... arguments) {
        return Outcomes.message(key, Arguments.isEnglish(language) ? Language.ENGLISH : Language.FRENCH, arguments);
    }
}
