package ml.keneya.surveillance;

import ml.keneya.store.RecordWriter;
import ml.keneya.validation.RecordValidation;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Puts the indicators' definitions among the records, where clients read them. Unchanged ones make no new version. */
@Component
class InstallsDefinitions implements ApplicationRunner {

    private final Indicators indicators;
    private final RecordWriter writer;

    InstallsDefinitions(Indicators indicators, RecordWriter writer) {
        this.indicators = indicators;
        this.writer = writer;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        for (Resource definition : indicators.ownDefinitions()) {
            Resource copy = definition.copy();
            RecordValidation.markChecked(copy);
            writer.write(copy);
        }
    }
}
