package ml.keneya.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageTest {
    @Test
    void isFrenchUnlessSomebodyAsksForEnglish() {
        assertThat(Language.of(List.of(), Map.of())).isEqualTo(Locale.FRENCH);
        assertThat(Language.of(List.of(), Map.of("LANG", "C.UTF-8"))).isEqualTo(Locale.FRENCH);
        assertThat(Language.of(List.of(), Map.of("LANG", "fr_ML.UTF-8"))).isEqualTo(Locale.FRENCH);
    }

    @Test
    void isThatOfTheMachine() {
        assertThat(Language.of(List.of(), Map.of("LANG", "en_GB.UTF-8"))).isEqualTo(Locale.ENGLISH);
        assertThat(Language.of(List.of(), Map.of("LANG", "en_GB.UTF-8", "LC_ALL", "fr_FR.UTF-8")))
                .isEqualTo(Locale.FRENCH);
    }

    @Test
    void isThatOfTheOptionBeforeAll() {
        Map<String, String> english = Map.of("LANG", "en_GB.UTF-8");

        assertThat(Language.of(List.of("demo", "--lang", "fr"), english)).isEqualTo(Locale.FRENCH);
        assertThat(Language.of(List.of("--lang=en", "demo"), Map.of())).isEqualTo(Locale.ENGLISH);
    }
}
