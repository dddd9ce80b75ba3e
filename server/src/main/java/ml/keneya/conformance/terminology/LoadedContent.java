package ml.keneya.conformance.terminology;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.conformance.LoadedCodeSystems.LoadedConcept;
import ml.keneya.conformance.LoadedCodeSystems.LoadedDetails;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.StringType;

/** A loaded code system in the words of FHIR. */
final class LoadedContent {

    private static final String MARK = LoadedContent.class.getName();

    private final LoadedCodeSystems loaded;
    private final LoadedSystem system;

    LoadedContent(LoadedCodeSystems loaded, LoadedSystem system) {
        this.loaded = loaded;
        this.system = system;
    }

    /** The system without its concepts, which stay where they are. */
    static CodeSystem describe(LoadedSystem system) {
        CodeSystem description = new CodeSystem();
        description.setId(system.recordId());
        description
                .setUrl(system.url())
                .setVersion(system.version())
                .setTitle(system.title())
                .setContent(CodeSystemContentMode.NOTPRESENT)
                .setValueSet(system.url() + Canonicals.WHOLE_SYSTEM)
                .setLanguage(system.language());
        description.setUserData(MARK, system);
        return description;
    }

    /** Nothing when the content of a system is in memory. */
    static Optional<LoadedSystem> in(CodeSystem description) {
        return Optional.ofNullable((LoadedSystem) description.getUserData(MARK));
    }

    Optional<Term> term(String code) {
        return loaded.concept(system, code).map(concept -> term(system, concept));
    }

    static Term term(LoadedSystem system, LoadedConcept concept) {
        // Whoever asks for a language that the system does not have gets the one it is written in.
        Optional<LoadedConcept.Name> own = concept.names().stream()
                .filter(name -> name.language().equals(system.language()))
                .findFirst()
                .or(() -> concept.names().stream().findFirst());
        List<Term.Name> names = concept.names().stream()
                .map(name -> new Term.Name(name.language(), name.text()))
                .toList();
        return new Term(
                system.url(),
                system.version(),
                concept.code(),
                own.map(LoadedConcept.Name::text).orElse(null),
                own.map(LoadedConcept.Name::language).orElse(null),
                names,
                concept.inactive());
    }

    Optional<ConceptDefinitionComponent> concept(String code) {
        return loaded.concept(system, code).map(concept -> defined(concept, loaded.details(system, code)));
    }

    private static ConceptDefinitionComponent defined(LoadedConcept concept, LoadedDetails details) {
        ConceptDefinitionComponent defined = new ConceptDefinitionComponent();
        defined.setCode(concept.code()).setDefinition(details.definition());
        if (concept.inactive()) {
            defined.addProperty().setCode("inactive").setValue(new BooleanType(true));
        }
        details.parents()
                .forEach(parent -> defined.addProperty().setCode("parent").setValue(new CodeType(parent)));
        new TreeMap<>(details.properties())
                .forEach((property, values) -> values.forEach(
                        value -> defined.addProperty().setCode(property).setValue(new StringType(value))));
        return defined;
    }
}
