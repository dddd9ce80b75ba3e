package ml.keneya.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AbuseCaseTest {

    @Test
    void isKnownByItsNumber() throws NoSuchMethodException {
        assertThat(AbuseCase.isNamedIn(Named.class)).isTrue();
        assertThat(AbuseCase.isNamedIn(Named.class.getDeclaredMethod("one"))).isTrue();
        assertThat(AbuseCase.isNamedIn(Named.class.getDeclaredMethod("several")))
                .isTrue();
        assertThat(AbuseCase.isNamedIn(Named.class.getDeclaredMethod("none"))).isFalse();
        assertThat(AbuseCase.isNamedIn(Named.class.getDeclaredMethod("unnamed")))
                .isFalse();
    }

    @Test
    void isExemptFromWhatItSaysAndNothingElse() throws NoSuchMethodException {
        assertThat(AbuseCase.exemptions(Named.class.getDeclaredMethod("one")))
                .containsExactlyInAnyOrder(Demand.IN_TIME, Demand.NO_FAULT);
        assertThat(AbuseCase.exemptions(Named.class.getDeclaredMethod("several")))
                .isEmpty();
    }

    @DisplayName("R2 and what belongs to it")
    private static final class Named {

        @ExemptFrom(value = Demand.IN_TIME, because = "An example.")
        @ExemptFrom(value = Demand.NO_FAULT, because = "Another.")
        @DisplayName("I15 as an example")
        void one() {}

        @DisplayName("Z1–Z9, Z14 as another")
        void several() {}

        @DisplayName("Zero numbers, S for none of them")
        void none() {}

        void unnamed() {}
    }
}
