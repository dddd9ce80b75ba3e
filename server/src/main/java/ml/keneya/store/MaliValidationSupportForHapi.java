package ml.keneya.store;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.validation.JpaValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain.CacheConfiguration;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.springframework.stereotype.Component;

/**
 * Mali's definitions under the class name that some of HAPI's providers ask for by type. It adds none of HAPI's
 * database-backed sources to the chain.
 */
@Component
class MaliValidationSupportForHapi extends JpaValidationSupportChain {

    private final IValidationSupport mali;

    MaliValidationSupportForHapi(IValidationSupport mali) {
        super(mali.getFhirContext(), CacheConfiguration.disabled(), new WorkerContextValidationSupportAdapter());
        this.mali = mali;
    }

    @Override
    public void postConstruct() {
        addValidationSupport(mali);
    }
}
