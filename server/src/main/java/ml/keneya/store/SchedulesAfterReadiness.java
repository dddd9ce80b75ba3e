package ml.keneya.store;

import ca.uhn.fhir.jpa.sched.HapiSchedulerServiceImpl;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * HAPI's scheduler, whose jobs begin when the exchange is ready. Each runs at once for its first time; at HAPI's own
 * moment they would parse their queries and search the database while the last of the start waits for the processor.
 */
@Component("schedulesAfterReadiness")
class SchedulesAfterReadiness extends HapiSchedulerServiceImpl {

    @Override
    @EventListener(ApplicationReadyEvent.class)
    public void start() {
        super.start();
    }
}
