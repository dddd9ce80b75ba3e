package ml.keneya.surveillance.alert;

import java.time.Duration;
import ml.keneya.fhir.WorksInBackground;
import org.springframework.stereotype.Component;

/** Deals with what {@link NotesCases} has noted, here or on another server. */
@Component
class WorksOffAlerts extends WorksInBackground {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final NotedWork noted;

    WorksOffAlerts(NotedWork noted) {
        super("alerts", BETWEEN_LOOKS);
        this.noted = noted;
    }

    @Override
    protected boolean workOffOne() {
        return noted.dealWithOne();
    }
}
