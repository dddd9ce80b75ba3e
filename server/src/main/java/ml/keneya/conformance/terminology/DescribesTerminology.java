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
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.PropertyComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.TerminologyCapabilities;
import org.hl7.fhir.r4.model.TerminologyCapabilities.TerminologyCapabilitiesCodeSystemVersionComponent;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * What the exchange knows of codes. The words stand in {@code terminology-capabilities.json}; the code systems are
 * those of the class path, so nothing is promised that is not there.
 */
@Component
class DescribesTerminology {

    private final TerminologyCapabilities described;

    DescribesTerminology(FhirContext context, CodeSystems codeSystems) {
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

    private static TerminologyCapabilities described(FhirContext context) {
        ClassPathResource file = new ClassPathResource("terminology-capabilities.json", DescribesTerminology.class);
        try (InputStream stream = file.getInputStream()) {
            return context.newJsonParser().parseResource(TerminologyCapabilities.class, stream);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The description of the terminology is not readable.", unreadable);
        }
    }
}
