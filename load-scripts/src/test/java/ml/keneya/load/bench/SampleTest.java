package ml.keneya.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import ml.keneya.load.bench.Sample.Flaw;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void isVoidWhenOthersUsedMoreThanAFifthOfACore() {
        assertThat(sample(0.19, 20, 0, 0).flaws(20, false)).isEmpty();
        assertThat(sample(0.21, 20, 0, 0).flaws(20, false)).containsExactly(Flaw.OTHER_CORES);
        assertThat(sample(Double.NaN, 20, 0, 0).flaws(20, false)).containsExactly(Flaw.UNKNOWN_CORES);
    }

    @Test
    void isVoidWhenTheMachineWasSlowTheServerColdOrTheWorkNotDone() {
        assertThat(sample(0, 30, 0, 0).flaws(20, false)).containsExactly(Flaw.SLOW_MACHINE);
        assertThat(sample(0, 20, 1, 2).flaws(20, true)).containsExactly(Flaw.ERRORS, Flaw.REPLAYS, Flaw.COLD);
    }

    @Test
    void countsCostByThousandUnits() {
        Sample sample = sample(0, 20, 0, 0);

        assertThat(sample.perSecond()).isEqualTo(50, within(1e-9));
        assertThat(sample.costPerThousand()).isEqualTo(1.5 / 700 * 1000, within(1e-9));
        assertThat(sample.seen().millisAt(0.95)).isEqualTo(95, within(1e-9));
    }

    @Test
    void setsDisturbedRunsAsideWhenOthersWereNot() {
        Figure mixed = figure(List.of(sample(0, 20, 0, 0), sample(0.9, 21, 0, 0)));
        Figure disturbed = figure(List.of(sample(0.9, 20, 0, 0)));

        assertThat(mixed.isPublishable()).isTrue();
        assertThat(mixed.of(Sample::calibrationMillis)).isEqualTo(new Spread(20, 20, 20));
        assertThat(disturbed.isPublishable()).isFalse();
        assertThat(disturbed.of(Sample::calibrationMillis).median()).isEqualTo(20);
    }

    @Test
    void givesTheMiddleAndTheRange() {
        assertThat(Spread.of(DoubleStream.of(5, 1, 3))).isEqualTo(new Spread(3, 1, 5));
        assertThat(Spread.of(DoubleStream.of(4, Double.NaN, 1))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(DoubleStream.empty()).median()).isNaN();
    }

    private static Figure figure(List<Sample> samples) {
        return new Figure("ingest", "keneya", 4, samples, 20, false);
    }

    private static Sample sample(double otherCores, double calibration, int errors, int replays) {
        long[] nanos = new long[100];
        for (int index = 0; index < nanos.length; index++) {
            nanos[index] = (index + 1) * 1_000_000L;
        }
        var seen = new ClosedLoop.Seen(2, nanos, errors, replays, 700, List.of());
        return new Sample(seen, 7, new Sample.Cpu(1, 0.5, 0.1), otherCores, calibration, 500);
    }
}
