package ml.keneya.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import ca.uhn.fhir.rest.server.method.OperationMethodBinding;
import java.util.List;
import java.util.stream.Stream;
import ml.keneya.fhir.FhirServer;
import ml.keneya.fhir.ServedTypes;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Nothing is offered about which nobody has said who may have it. */
@KeneyaIntegrationTest
class RouteInventoryIT {

    @Autowired
    FhirServer server;

    @Autowired
    ServedTypes served;

    @Autowired
    AccessTable table;

    @Test
    @DisplayName("S11: every operation that is bound has a rule")
    void s11_knowsARuleForEveryOperation() {
        List<String> withoutRule = bindings(server)
                .filter(OperationMethodBinding.class::isInstance)
                .map(OperationMethodBinding.class::cast)
                .filter(operation -> !table.hasRuleFor(operation.getResourceName(), operation.getName()))
                .map(operation -> operation.getResourceName() + "/" + operation.getName())
                .toList();

        assertThat(withoutRule).isEmpty();
    }

    @Test
    void knowsARuleForEveryTypeThatIsServed() {
        assertThat(served.names()).isNotEmpty().allMatch(table::knows);
    }

    @Test
    void wouldNoticeAnOperationWithoutRule() {
        assertThat(table.hasRuleFor("Patient", "$everything")).isTrue();
        assertThat(table.hasRuleFor("Encounter", "$everything")).isFalse();
        assertThat(table.hasRuleFor(null, "$nobody-thought-of-this")).isFalse();
        assertThat(table.knows("Account")).isFalse();
    }

    static Stream<BaseMethodBinding> bindings(FhirServer server) {
        return Stream.concat(
                server.restful().getResourceBindings().stream()
                        .flatMap(binding -> binding.getMethodBindings().stream()),
                Stream.concat(
                        server.restful().getServerBindings().stream(),
                        server.restful().createConfiguration().getGlobalBindings().stream()));
    }
}
