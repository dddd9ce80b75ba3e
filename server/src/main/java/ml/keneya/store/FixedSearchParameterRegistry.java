package ml.keneya.store;

import ca.uhn.fhir.jpa.searchparam.registry.SearchParamRegistryImpl;
import java.util.Collection;
import org.hl7.fhir.instance.model.api.IIdType;
import org.springframework.stereotype.Component;

/** HAPI's registry, filled from our list whatever SearchParameter resources the database holds. */
@Component("fixedSearchParameterRegistry")
class FixedSearchParameterRegistry extends SearchParamRegistryImpl {

    private final KeptSearchParameters kept;

    FixedSearchParameterRegistry(KeptSearchParameters kept) {
        this.kept = kept;
    }

    @Override
    public void handleInit(Collection<IIdType> idsInTheDatabase) {
        super.handleInit(kept.ids());
    }
}
