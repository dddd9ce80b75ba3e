package ml.keneya.security.limits;

import org.springframework.stereotype.Component;

/** Whether pages from elsewhere may read answers in a browser. */
@Component
public class PagesFromElsewhere {

    private final CorsSettings settings;

    PagesFromElsewhere(CorsSettings settings) {
        this.settings = settings;
    }

    public boolean mayRead() {
        return settings.areOn();
    }
}
