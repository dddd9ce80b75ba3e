package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of PostgreSQL's manual, appendix A. */
class DatabaseWentAwayTest {

    private final DatabaseWentAway failures = new DatabaseWentAway();

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53100", "57P01", "25006"})
    void mayBeGoneInAMoment(String state) {
        SQLException failure = new SQLException("failed", state);

        assertThat(failures.include(failure)).isTrue();
        assertThat(failures.neverInclude(failure)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22012", "22021", "23502", "42P01"})
    void isTheSameHoweverOftenItIsTried(String state) {
        SQLException failure = new SQLException("failed", state);

        assertThat(failures.include(failure)).isFalse();
        assertThat(failures.neverInclude(failure)).isTrue();
    }

    @Test
    void anotherWriterOfTheSameNumberIsNeither() {
        SQLException failure = new SQLException("failed", "23505");

        assertThat(failures.include(failure)).isFalse();
        assertThat(failures.neverInclude(failure)).isFalse();
    }

    @Test
    void knowsNothingOfOtherFailures() {
        assertThat(failures.include(new IllegalStateException())).isFalse();
        assertThat(failures.neverInclude(new IllegalStateException())).isFalse();
    }
}
