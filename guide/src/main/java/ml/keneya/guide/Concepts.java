package ml.keneya.guide;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet.ConceptReferenceComponent;

/** Reads the names of a code: the display is French, English is a designation. */
final class Concepts {

    private Concepts() {}

    static Text name(ConceptDefinitionComponent concept) {
        return Text.of(
                concept.hasDisplay() ? concept.getDisplay() : concept.getCode(),
                concept.getDesignation().stream()
                        .filter(name -> "en".equals(name.getLanguage()))
                        .map(name -> name.getValue())
                        .findFirst()
                        .orElse(null));
    }

    static Text name(ConceptReferenceComponent concept) {
        return Text.of(
                concept.hasDisplay() ? concept.getDisplay() : "",
                concept.getDesignation().stream()
                        .filter(name -> "en".equals(name.getLanguage()))
                        .map(name -> name.getValue())
                        .findFirst()
                        .orElse(null));
    }

    static Optional<ConceptDefinitionComponent> find(List<ConceptDefinitionComponent> concepts, String code) {
        return flat(concepts).filter(concept -> code.equals(concept.getCode())).findFirst();
    }

    static Stream<ConceptDefinitionComponent> flat(List<ConceptDefinitionComponent> concepts) {
        return concepts.stream().flatMap(concept -> Stream.concat(Stream.of(concept), flat(concept.getConcept())));
    }

    static String words(Type value) {
        return value instanceof Coding coding ? coding.getCode() : String.valueOf(value.primitiveValue());
    }
}
