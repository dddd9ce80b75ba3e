package ml.keneya.conformance.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.IRestfulServerDefaults;
import ca.uhn.fhir.rest.server.RestfulServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.LoadedCodeSystems;
import ml.keneya.conformance.LoadedCodeSystems.LoadedSystem;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.PropertyComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.TerminologyCapabilities;
import org.hl7.fhir.r4.model.TerminologyCapabilities.TerminologyCapabilitiesCodeSystemComponent;
import org.hl7.fhir.r4.model.TerminologyCapabilities.TerminologyCapabilitiesCodeSystemVersionComponent;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What the exchange knows of codes. The words stand in {@code terminology-capabilities.json}; the code systems are
 * those of the class path and those that are loaded, so nothing is promised that is not there.
 */
@Component
class DescribesTerminology {

    private final TerminologyCapabilities described;
    private final LoadedCodeSystems loaded;

    DescribesTerminology(FhirContext context, CodeSystems codeSystems, LoadedCodeSystems loaded) {
        this.loaded = loaded;
        this.described = described(context);
        described.setUrl(Canonicals.BASE + "/TerminologyCapabilities/" + described.getIdPart());
        List<CodeSystem> known = codeSystems
                .ofMali()
                .sorted(Comparator.comparing(CodeSystem::getUrl))
                .toList();
        known.forEach(system -> add(system, described));
    }

    TerminologyCapabilities of(IRestfulServerDefaults server, String base) {
        TerminologyCapabilities answer = described.copy();
        answer.getImplementation().setUrl(base);
        loaded.all().forEach(system -> add(system, answer));
        if (server instanceof RestfulServer exchange) {
            answer.setVersion(exchange.getServerVersion());
            answer.getSoftware().setVersion(exchange.getServerVersion());
        }
        return answer;
    }

    private static void add(CodeSystem system, TerminologyCapabilities into) {
        TerminologyCapabilitiesCodeSystemVersionComponent version =
                into.addCodeSystem().setUri(system.getUrl()).addVersion();
        version.setCode(system.getVersion())
                .setIsDefault(true)
                .setCompositional(false)
                .addLanguage("fr")
                .addLanguage("en");
        version.setProperty(system.getProperty().stream()
                .map(PropertyComponent::getCode)
                .map(CodeType::new)
                .toList());
    }

    /** Several versions of one system may have been loaded. */
    private static void add(LoadedSystem system, TerminologyCapabilities into) {
        TerminologyCapabilitiesCodeSystemComponent entry = into.getCodeSystem().stream()
                .filter(each -> system.url().equals(each.getUri()))
                .findFirst()
                .orElseGet(() -> into.addCodeSystem().setUri(system.url()));
        entry.addVersion()
                .setCode(system.version())
                .setIsDefault(system.newest())
                .setCompositional(false)
                .addLanguage(system.language());
    }

    private static TerminologyCapabilities described(FhirContext context) {
        ClassPathResource file = new ClassPathResource("terminology-capabilities.json", DescribesTerminology.class);
        try (InputStream stream = file.getInputStream()) {
            return context.newJsonParser().parseResource(TerminologyCapabilities.class, stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The description of the terminology is not readable.", unreadable);
        }
    }
}
