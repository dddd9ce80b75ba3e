package ml.keneya.export;

import ca.uhn.fhir.context.FhirContext;
import ml.keneya.export.pseudonymised.Pseudonymisation;
import org.springframework.stereotype.Component;

/** Begins the lines of a file in the form that its export's audience may have. */
@Component
class OpensFiles {

    private final FhirContext context;
    private final Pseudonymisation pseudonymisation;

    OpensFiles(FhirContext context, Pseudonymisation pseudonymisation) {
        this.context = context;
        this.pseudonymisation = pseudonymisation;
    }

    LinesOfFile open(ExportJob job) {
        boolean pseudonymised = job.request().audience().isPseudonymised();
        return new LinesOfFile(context, job, pseudonymised ? pseudonymisation.begin() : null);
    }
}
