package ml.keneya.operations.start;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says in one line why the start failed; Boot's own report of many lines is switched off in application.yml. */
class ReportsFailureInOneLine implements FailureAnalysisReporter {

    private static final Logger log = LoggerFactory.getLogger("Kènèya");

    @Override
    public void report(FailureAnalysis analysis) {
        log.error(
                "{}", oneLine(analysis.getDescription() + " " + Objects.requireNonNullElse(analysis.getAction(), "")));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
