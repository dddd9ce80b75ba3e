package ml.keneya.test;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** A surname that nobody has, and everything that is logged while a test goes on. */
public final class Canary implements BeforeEachCallback, AfterEachCallback {

    private final String surname = "Kanari" + UUID.randomUUID().toString().replaceAll("[^a-f]", "") + "nya";
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logged logged = new Logged();

    @Override
    public void beforeEach(ExtensionContext test) {
        logged.start();
        root.addAppender(logged);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        root.detachAppender(logged);
    }

    public String surname() {
        return surname;
    }

    /** Of this process, with causes, and of PostgreSQL. */
    public List<String> linesWithTheName() {
        return Stream.concat(logged.lines.stream(), logOfPostgresql().stream())
                .filter(line -> line.contains(surname))
                .toList();
    }

    /** The delivered PostgreSQL of this JVM writes a file; in a container it has none here. */
    private static List<String> logOfPostgresql() {
        Path log = Path.of(System.getProperty("basedir", ""), "target", "test-postgresql")
                .resolve(Long.toString(ProcessHandle.current().pid()))
                .resolve("postgresql.log");
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Logged extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            String cause =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + cause);
        }
    }
}
