package ml.keneya.load.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import ml.keneya.load.bundles.LoadReport;
import ml.keneya.load.bundles.Outcome;
import ml.keneya.load.exchange.Timing;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;
import ml.keneya.load.test.CapturedTerminal;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final CapturedTerminal output = new CapturedTerminal();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void tellsShareRateAndTimeLeft() {
        Terminal terminal = output.inFrench();
        LoadReport report = LoadReport.ofMany(terminal, false);
        var progress = new Progress(terminal, report, timing(), 4000);

        send(progress, report, 30, 1000);
        later(10);
        progress.show();

        // A quarter in ten seconds: three quarters take thirty more.
        assertThat(output.remarks())
                .isEqualTo("… 25 % lus · réglés : 30 · non acceptés : 0 · 3,0 lots/s · reste 0:00:30\n");

        send(progress, report, 170, 1000);
        later(9);
        progress.show();
        assertThat(output.remarks().lines()).hasSize(1);
        later(3621);
        progress.show();
        assertThat(output.remarks().lines().skip(1))
                .containsExactly("… 50 % lus · réglés : 200 · non acceptés : 0 · 0,1 lots/s · reste 1:00:40");
    }

    @Test
    void doesNotCountWhatAnEarlierRunHadSentIntoTheTimeLeft() {
        Terminal terminal = output.inFrench();
        LoadReport report = LoadReport.ofMany(terminal, false);
        var progress = new Progress(terminal, report, timing(), 4000);

        progress.read(2000);
        progress.skippedUpToHere();
        send(progress, report, 10, 1000);
        later(20);
        progress.show();

        assertThat(output.remarks()).contains("75 % lus", "0,5 lots/s", "reste 0:00:20");
    }

    @Test
    void saysThatItDoesNotKnowTheTimeBeforeAnythingWasSent() {
        Terminal terminal = output.inFrench();
        var progress = new Progress(terminal, LoadReport.ofMany(terminal, false), timing(), 4000);

        later(10);
        progress.show();

        assertThat(output.remarks()).contains("0 % lus", "0,0 lots/s", "reste ?");
    }

    @Test
    void writesOverItsLineOnAScreenFourTimesASecond() {
        var terminal = new Terminal(output.resultStream(), output.remarkStream(), new Messages(Locale.FRENCH), true);
        LoadReport report = LoadReport.ofMany(terminal, false);
        var progress = new Progress(terminal, report, timing(), 4000);

        send(progress, report, 5, 2000);
        now = now.plusMillis(200);
        progress.show();
        assertThat(output.remarks()).isEmpty();
        now = now.plusMillis(300);
        progress.show();

        assertThat(output.remarks())
                .startsWith("\r██████████░░░░░░░░░░ … 50 % lus")
                .contains("10,0 lots/s");
    }

    private void send(Progress progress, LoadReport report, int bundles, int bytes) {
        progress.read(bytes);
        for (int bundle = 0; bundle < bundles; bundle++) {
            report.add(new Outcome.Accepted("x", List.of(), 1, List.of(), false));
        }
    }

    private void later(long seconds) {
        now = now.plusSeconds(seconds);
    }

    private Timing timing() {
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new Timing(clock, () -> 0L, wait -> {});
    }
}
