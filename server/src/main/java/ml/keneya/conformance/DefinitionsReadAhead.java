package ml.keneya.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * FHIR's own definitions, read by a thread of their own while the rest of the server starts: reading them takes a tenth
 * of the start, and until the first record comes hardly anything needs one. Who does waits here.
 */
final class DefinitionsReadAhead extends DefaultProfileValidationSupport {

    private final CompletableFuture<Void> reading;

    DefinitionsReadAhead(FhirContext context) {
        super(context);
        // First and by this thread: it makes HAPI's list of files to read, which two threads must not make at once.
        fetchAllSearchParameters();
        this.reading = CompletableFuture.runAsync(this::read, task -> new Thread(task, "reads-definitions").start())
                // Whoever needs them tries again, and learns the reason.
                .exceptionally(failure -> null);
    }

    private void read() {
        // One copy for the whole process: nobody else may ask HAPI for definitions of types past this class.
        List<StructureDefinition> definitions = super.fetchAllStructureDefinitions();
        definitions.forEach(LeavesExplanationsOut::of);
    }

    @Override
    public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
        reading.join();
        return super.fetchAllStructureDefinitions();
    }

    @Override
    public IBaseResource fetchStructureDefinition(String url) {
        reading.join();
        return super.fetchStructureDefinition(url);
    }
}
