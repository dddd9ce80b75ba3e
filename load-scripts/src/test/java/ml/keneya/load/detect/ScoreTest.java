package ml.keneya.load.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ml.keneya.load.detect.Counted.Injected;
import ml.keneya.load.detect.Judge.Said;
import ml.keneya.load.generate.mali.Mali;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final LocalDate WEEK = LocalDate.parse("2024-03-04");

    @Test
    @DisplayName("A signal in the outbreak's weeks finds it; one two weeks after is no false alarm, one elsewhere is")
    void scores() {
        var found = new Injected("measles", "ML0101", 20, new TreeSet<>(Set.of(WEEK, WEEK.plusWeeks(3))));
        var missed = new Injected("measles", "ML0102", 10, new TreeSet<>(Set.of(WEEK)));
        var score = new Score("rule", "measles");

        score.add(
                Map.of(
                        "ML010103", Set.of(WEEK.plusWeeks(1), WEEK.plusWeeks(5), WEEK.plusWeeks(6)),
                        "ML0102", Set.of(WEEK.minusWeeks(1)),
                        "ML0201", Set.of(WEEK)),
                Map.of("ML010103", 100, "ML0102", 100, "ML0201", 100),
                List.of(found, missed));

        assertThat(score.detected()).isEqualTo(1);
        assertThat(score.outbreaks()).isEqualTo(2);
        assertThat(score.medianDelay()).isEqualTo("1");
        assertThat(score.bySize()).isEqualTo("10: 0/1, 20: 1/1");
        assertThat(score.falseAlarms()).isCloseTo(3 / (300 * 7 / 365.25), within(1e-9));
    }

    @Test
    @DisplayName("What the server's program says is read by rule, and places without a signal count as told of")
    void reads() {
        Map<String, Said> said =
                Judge.read(List.of("r1,A,signal,2024-03-04,7", "r1,A,told,52,measles", "r1,B,told,51,measles"));

        assertThat(said.get("r1").told()).isEqualTo(Map.of("A", 52, "B", 51));
        assertThat(said.get("r1").signals()).isEqualTo(Map.of("A", Set.of(WEEK)));
        assertThat(said.get("r1").disease()).isEqualTo("measles");
    }

    @Test
    @DisplayName("The same seed gives the same outbreaks and counts, another seed others")
    void repeats() {
        Mali mali = Mali.of(Trial.REGIONS);
        Trial trial = Trial.of(7);

        Counted one = Counted.of(mali, trial.scenario(mali), 2_000);
        Counted other = Counted.of(mali, trial.scenario(mali), 2_000);

        assertThat(one.lines()).isEqualTo(other.lines()).isNotEmpty();
        assertThat(trial.scenario(mali).orders()).hasSize(48);
        // The key holds all orders.
        assertThat(trial.scenario(mali).key())
                .isEqualTo(Trial.of(7).scenario(mali).key())
                .isNotEqualTo(Trial.of(8).scenario(mali).key());
    }
}
