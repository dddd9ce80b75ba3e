package ml.keneya.store;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** HAPI's background jobs, which its record classes insist on, with one worker instead of four. */
@Configuration
@Import(Batch2JobsConfig.class)
class BatchConfiguration extends JpaBatch2Config {

    /** The second core belongs to the clinics. */
    @Override
    protected int getConcurrentConsumers() {
        return 1;
    }
}
