package ml.keneya.fhir.openapi;

import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationDefinition;

/** What HAPI knows of the operations that are bound: at which level they answer, and with which parameters. */
class OperationDefinitions {

    private final ServletRequestDetails request;

    OperationDefinitions(ServletRequestDetails request) {
        this.request = request;
    }

    /** Empty for an operation that is answered ahead of HAPI's server, which then has no definition of it. */
    Optional<OperationDefinition> find(String canonical) {
        try {
            return request.getServer().getServerConformanceProvider() instanceof IServerConformanceProvider<?> provider
                            && provider.readOperationDefinition(new IdType(canonical), request)
                                    instanceof OperationDefinition definition
                    ? Optional.of(definition)
                    : Optional.empty();
        } catch (ResourceNotFoundException answeredAhead) {
            return Optional.empty();
        }
    }
}
