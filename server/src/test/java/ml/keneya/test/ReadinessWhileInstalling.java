package ml.keneya.test;

import ml.keneya.store.RecordStored;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;

/** Asks whether the server is ready when the first definition is installed: tests come too late to ask. */
@TestComponent
public class ReadinessWhileInstalling {

    private final Exchange exchange;
    private volatile int status;

    ReadinessWhileInstalling(Exchange exchange) {
        this.exchange = exchange;
    }

    @EventListener
    void on(RecordStored event) {
        if (status == 0) {
            status = exchange.readiness().status();
        }
    }

    /** HTTP status of the answer; 0 when no definition was installed. */
    public int status() {
        return status;
    }
}
