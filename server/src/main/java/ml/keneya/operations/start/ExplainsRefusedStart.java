package ml.keneya.operations.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Finds the line for the operator below the layers of exceptions that Spring wraps around it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ExplainsRefusedStart extends AbstractFailureAnalyzer<StartRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartRefused cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), "", cause);
    }
}
