package ml.keneya.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What asks a client to come back, and what does not. */
class DatabaseWentAwayTest {

    private final DatabaseWentAway failures = new DatabaseWentAway();

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53100", "53300", "57P01", "57P02", "57P03", "40001", "40P01"})
    void asksToComeBackWhenTheDatabaseIsAwayOrFull(String state) {
        assertThat(failures.include(new SQLException("", state))).isTrue();
    }

    @Test
    void tellsAFullDiskFromWhatPassesByItself() {
        assertThat(failures.comeOfAFullDisk(new SQLException("", "53100"))).isTrue();
        assertThat(failures.comeOfAFullDisk(new SQLException("", "53200"))).isFalse();
    }

    @Test
    void asksToComeBackWhenThePoolLostItsConnection() {
        assertThat(failures.include(new SQLException("Connection is closed"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22021", "42P01", "57014"})
    void doesNotAskToRepeatWhatWillFailAgain(String state) {
        assertThat(failures.include(new SQLException("", state))).isFalse();
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThat(failures.include(new IllegalStateException())).isFalse();
    }
}
