package ml.keneya.security.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import ml.keneya.fhir.FhirServer;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.test.KeneyaIntegrationTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What may be asked without a row in the trace is listed here; what is added is traced, or this fails. */
@KeneyaIntegrationTest
class UntracedRoutesIT {

    private static final List<String> DEFINITIONS = List.of(
            "CapabilityStatement",
            "CodeSystem",
            "CompartmentDefinition",
            "ConceptMap",
            "ImplementationGuide",
            "Library",
            "NamingSystem",
            "OperationDefinition",
            "SearchParameter",
            "StructureDefinition",
            "ValueSet");

    private static final List<String> OF_DEFINITIONS = List.of(
            "CodeSystem/$load-concepts",
            "CodeSystem/$loaded-systems",
            "CodeSystem/$remove-concepts",
            "CodeSystem/$lookup",
            "CodeSystem/$subsumes",
            "CodeSystem/$validate-code",
            "ConceptMap/$translate",
            "ValueSet/$expand",
            "ValueSet/$validate-code");

    @Autowired
    FhirServer server;

    @Autowired
    ServedTypes served;

    /** Definitions and terminology are the only routes that may leave none; whatever is added is traced. */
    @Test
    void leavesNothingUntracedButDefinitions() {
        Set<String> untraced = new TreeSet<>();
        Stream.concat(
                        server.restful().getResourceBindings().stream()
                                .flatMap(binding -> binding.getMethodBindings().stream()),
                        Stream.concat(
                                server.restful().getServerBindings().stream(),
                                server.restful().createConfiguration().getGlobalBindings().stream()))
                .filter(OperationMethodBinding.class::isInstance)
                .map(OperationMethodBinding.class::cast)
                .forEach(operation -> {
                    String type = operation.getResourceName();
                    String path = "/fhir/" + (type == null ? "" : type + "/") + operation.getName();
                    if (!isTraced(operation.getName(), type, path)) {
                        untraced.add(path);
                    }
                });
        served.names().stream()
                .filter(type -> !isTraced("read", type, "/fhir/" + type + "/some"))
                .forEach(untraced::add);

        assertThat(untraced)
                .containsExactlyInAnyOrder(Stream.concat(
                                DEFINITIONS.stream().flatMap(type -> Stream.of(type, "/fhir/" + type + "/$validate")),
                                OF_DEFINITIONS.stream().map(operation -> "/fhir/" + operation))
                        .toArray(String[]::new));
    }

    private static boolean isTraced(String interaction, @Nullable String type, String path) {
        return PersonData.mayBeIn(new AskedFor(interaction, type, null, null), path, List.of(), 200);
    }
}
