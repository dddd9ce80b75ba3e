package ml.keneya.views.operation;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.springframework.stereotype.Component;

/**
 * Names the operations with rows in the CapabilityStatement. R4 lets no statement name the type ViewDefinition, so they
 * stand among the operations of the whole system (SQL on FHIR 2.1, "HTTP API").
 */
@Component
class OffersViewOperations {

    private static final String DEFINITIONS = "http://sql-on-fhir.org/OperationDefinition/";
    private static final List<String> NAMES = List.of("viewdefinition-run", "sql-run");

    /** The statement given is shared by all requests and must stay as it is. */
    @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
    IBaseConformance name(IBaseConformance given) {
        CapabilityStatement statement = ((CapabilityStatement) given).copy();
        for (String name : NAMES) {
            statement.getRestFirstRep().addOperation().setName(name).setDefinition(DEFINITIONS + "$" + name);
        }
        return statement;
    }
}
