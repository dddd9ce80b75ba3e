package ml.keneya.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.ParserOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** How FHIR is read and written: so that what is stored is what was sent. */
@Configuration(proxyBeanMethods = false)
class FhirContextConfiguration {

    /** The bean that takes the place of HAPI's. */
    static final String BEAN = "exactFhirContext";

    @Bean(BEAN)
    @Primary
    FhirContext exactFhirContext(ServedTypes served) {
        FhirContext context = new ExactFhirContext();
        context.setLocalizer(new HapiMessages());
        ParserOptions options = context.getParserOptions();
        // HAPI takes the version out of a reference. Keeping it everywhere by one switch would also keep references to
        // other entries of a transaction from being rewritten; by path, only those that name a version are kept.
        options.setDontStripVersionsFromReferencesAtPaths(ReferencePaths.of(served.names(), context));
        // A document keeps the ids of its resources, whatever stands in fullUrl.
        options.setOverrideResourceIdWithBundleEntryFullUrl(false);
        // The parser links the entries of a bundle to each other; one that has no id of its own yet would be written
        // into
        // the others as contained when they are checked, and two that name each other would never fit.
        options.setAutoContainReferenceTargetsWithNoId(false);
        return context;
    }
}
