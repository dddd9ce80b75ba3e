package ml.keneya.store;

import ca.uhn.fhir.jpa.provider.BaseJpaResourceProvider;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import java.util.Collection;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** What answers for the records on the HTTP face: HAPI's providers, which read as we do. */
@Component
class RecordProviders {

    private final ResourceProviderFactory theirs;
    private final ReadsWithOneQuestion reads;

    RecordProviders(@Qualifier("myResourceProvidersR4") ResourceProviderFactory theirs, ReadsWithOneQuestion reads) {
        this.theirs = theirs;
        this.reads = reads;
    }

    /** One a resource type in use, and those of operations. */
    Collection<?> create() {
        Collection<?> created = theirs.createProviders();
        created.stream()
                .filter(BaseJpaResourceProvider.class::isInstance)
                .map(provider -> (BaseJpaResourceProvider<?>) provider)
                .forEach(reads::standBefore);
        return created;
    }
}
