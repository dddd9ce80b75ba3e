package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.model.sched.ISchedulerService;
import ml.keneya.test.KeneyaIntegrationTest;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.springframework.beans.factory.annotation.Autowired;

@KeneyaIntegrationTest
class SchedulesAfterReadinessIT {

    @Autowired
    ISchedulerService scheduler;

    /** Put off is not left out: without them searches would never be forgotten. */
    @Test
    void hasGivenTheLibrarysJobsTheirTimes() throws SchedulerException {
        assertThat(scheduler.getLocalJobKeysForUnitTest()).isNotEmpty();
        assertThat(scheduler.getClusteredJobKeysForUnitTest()).isNotEmpty();
    }
}
