package ml.keneya.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;

/** All codes of a code system of ours, at every level. */
final class WholeSystem {

    private WholeSystem() {}

    static Stream<String> codes(ConformancePackages packages, String system) {
        return packages.resources()
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast)
                .filter(it -> system.equals(it.getUrl()))
                .flatMap(it -> below(it.getConcept()));
    }

    private static Stream<String> below(List<ConceptDefinitionComponent> concepts) {
        return concepts.stream().flatMap(it -> Stream.concat(Stream.of(it.getCode()), below(it.getConcept())));
    }
}
