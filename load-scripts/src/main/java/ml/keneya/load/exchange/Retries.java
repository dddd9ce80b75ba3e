package ml.keneya.load.exchange;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.tokens.TokenException;
import org.jspecify.annotations.Nullable;

/** Repeats a request while that can help, and says so while it waits. */
public final class Retries {
    private final RetryPolicy policy;
    private final Timing timing;
    private final Terminal terminal;

    public Retries(RetryPolicy policy, Timing timing, Terminal terminal) {
        this.policy = policy;
        this.timing = timing;
        this.terminal = terminal;
    }

    /** One try of a request. */
    @FunctionalInterface
    interface Attempt {
        Answer make() throws IOException;
    }

    /** Why a try did not help, and when the exchange asked us back. */
    private record Setback(@Nullable IOException cause, String key, Object value, Optional<Duration> asked) {
        String in(Messages messages) {
            return messages.text(key, value);
        }
    }

    Answer untilAnswered(Attempt attempt) {
        for (int made = 1; ; made++) {
            Setback setback;
            try {
                Answer answer = attempt.make();
                if (!answer.asksToComeBack()) {
                    return answer;
                }
                setback = askedBack(answer);
            } catch (IOException failure) {
                setback = failed(failure);
            }
            waitAfter(made, setback);
        }
    }

    private Setback askedBack(Answer answer) {
        Optional<Duration> asked = answer.retryAfter(timing.clock().instant());
        return new Setback(null, "setback.status", answer.status(), asked);
    }

    private static Setback failed(IOException failure) {
        if (failure instanceof InterruptedIOException && !(failure instanceof HttpTimeoutException)) {
            throw new UnreachableException(failure, "exchange.stopped");
        }
        if (failure instanceof SSLHandshakeException) {
            // Trying again does not mend a certificate, nor the clock that finds it expired.
            throw new UnreachableException(failure, "exchange.certificate", String.valueOf(failure.getMessage()));
        }
        if (failure instanceof TokenException token) {
            if (!token.isPassing()) {
                throw new UnreachableException(failure, "exchange.no-token", String.valueOf(token.getMessage()));
            }
            return new Setback(failure, "setback.token", String.valueOf(token.getMessage()), Optional.empty());
        }
        return new Setback(failure, keyOf(failure), "", Optional.empty());
    }

    private static String keyOf(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return "setback.timeout";
        }
        return failure instanceof ConnectException ? "setback.connect" : "setback.broken";
    }

    private void waitAfter(int made, Setback setback) {
        Duration wait = policy.waitAfter(made, setback.asked(), timing.random().nextDouble())
                .orElseThrow(() -> gaveUp(made, setback));
        terminal.remark(
                "exchange.waiting",
                setback.in(terminal.messages()),
                wait.toMillis() / 1000.0,
                made + 1,
                policy.attempts());
        try {
            timing.pause().lasting(wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnreachableException(stopped, "exchange.stopped");
        }
    }

    private UnreachableException gaveUp(int made, Setback setback) {
        String reason = setback.in(terminal.messages());
        if (made < policy.attempts() && setback.asked().isPresent()) {
            return new UnreachableException(
                    setback.cause(),
                    "exchange.asks-too-long",
                    reason,
                    setback.asked().get().toSeconds());
        }
        return new UnreachableException(setback.cause(), "exchange.unreachable", made, reason);
    }
}
