package ml.keneya.operations.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** For a port that was taken after {@link RefusesBusyPort} had found it free. */
@Order(Ordered.HIGHEST_PRECEDENCE)
class ExplainsBusyPort extends AbstractFailureAnalyzer<PortInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        StartRefused refused = RefusesBusyPort.busy(cause.getPort());
        return new FailureAnalysis(String.valueOf(refused.getMessage()), "", cause);
    }
}
