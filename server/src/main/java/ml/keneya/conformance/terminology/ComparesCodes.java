package ml.keneya.conformance.terminology;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.util.List;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.codesystems.ConceptSubsumptionOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code CodeSystem/$subsumes}: whether one code stands above another, as a district above its communes. Codes are
 * compared within one code system.
 */
@Component
class ComparesCodes implements FhirContribution {

    private final CodeSystems codeSystems;

    ComparesCodes(CodeSystems codeSystems) {
        this.codeSystems = codeSystems;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    @Operation(
            name = "$subsumes",
            typeName = "CodeSystem",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/CodeSystem-subsumes",
            idempotent = true)
    public Parameters compare(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "codeA", typeName = "code") @Nullable IPrimitiveType<String> codeA,
            @OperationParam(name = "codeB", typeName = "code") @Nullable IPrimitiveType<String> codeB,
            @OperationParam(name = "system", typeName = "uri") @Nullable IPrimitiveType<String> url,
            @OperationParam(name = "version", typeName = "string") @Nullable IPrimitiveType<String> version,
            @OperationParam(name = "codingA") @Nullable Coding codingA,
            @OperationParam(name = "codingB") @Nullable Coding codingB) {
        CodeSystem system =
                system(id, List.of(coding(url, null), coding(null, codingA), coding(null, codingB)), version);
        String one = known(system, "« codeA »", codeA, codingA);
        String other = known(system, "« codeB »", codeB, codingB);
        Parameters answer = new Parameters();
        answer.addParameter(
                "outcome",
                new CodeType(outcome(codeSystems.hierarchy(system), one, other).toCode()));
        return answer;
    }

    private static ConceptSubsumptionOutcome outcome(Hierarchy hierarchy, String one, String other) {
        if (one.equals(other)) {
            return ConceptSubsumptionOutcome.EQUIVALENT;
        }
        if (hierarchy.isAbove(one, other)) {
            return ConceptSubsumptionOutcome.SUBSUMES;
        }
        return hierarchy.isAbove(other, one)
                ? ConceptSubsumptionOutcome.SUBSUMEDBY
                : ConceptSubsumptionOutcome.NOTSUBSUMED;
    }

    private CodeSystem system(@Nullable IdType id, List<Coding> named, @Nullable IPrimitiveType<String> version) {
        List<String> urls = named.stream()
                .filter(Coding::hasSystem)
                .map(Coding::getSystem)
                .distinct()
                .toList();
        if (id != null && id.hasIdPart()) {
            CodeSystem system = codeSystems.byId(id.getIdPart());
            if (!urls.stream().allMatch(system.getUrl()::equals)) {
                throw differing(String.join(", ", urls));
            }
            return system;
        }
        if (urls.isEmpty()) {
            throw Arguments.missing("« system »");
        }
        if (urls.size() > 1) {
            throw differing(String.join(", ", urls));
        }
        return codeSystems.byUrl(urls.get(0), Arguments.text(version));
    }

    private static RefusedException differing(String urls) {
        return new RefusedException(Refusal.of(RefusalCode.BAD_PARAMETER, "system", urls));
    }

    private static Coding coding(@Nullable IPrimitiveType<String> url, @Nullable Coding coding) {
        return coding != null ? coding : new Coding().setSystem(Arguments.text(url));
    }

    private String known(
            CodeSystem system, String name, @Nullable IPrimitiveType<String> code, @Nullable Coding coding) {
        String given = coding != null && coding.hasCode() ? coding.getCode() : Arguments.text(code);
        if (given == null) {
            throw Arguments.missing(name);
        }
        if (codeSystems.concept(system, given).isEmpty()) {
            throw new RefusedException(Refusal.of(RefusalCode.UNKNOWN_CODE, given, system.getUrl()));
        }
        return given;
    }
}
