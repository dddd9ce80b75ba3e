package ml.keneya.store;

import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import org.hl7.fhir.instance.model.api.IBase;
import org.springframework.stereotype.Component;

/**
 * HAPI's reader of search parameters, whose FHIRPath engine is built when the first record is written: it needs all of
 * FHIR's definitions, which are still being read when the server starts.
 */
@Component("readsPathsOnUse")
class ReadsPathsOnUse extends SearchParamExtractorR4 {

    private volatile boolean built;

    /** Called by HAPI at the start, and there too early. */
    @Override
    public void initFhirPath() {}

    @Override
    public IValueExtractor getPathValueExtractor(IBase resource, String path) {
        if (!built) {
            build();
        }
        return super.getPathValueExtractor(resource, path);
    }

    private synchronized void build() {
        if (!built) {
            super.initFhirPath();
            built = true;
        }
    }
}
