package ml.keneya.load.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Pattern PLACE = Pattern.compile("%(?:\\.\\d)?[sdf]");

    private final ResourceBundle french = new Messages(Locale.FRENCH).texts();
    private final ResourceBundle english = new Messages(Locale.ENGLISH).texts();

    @Test
    void sayTheSameThingsInBothLanguages() {
        // The English file inherits from the French one, so its own keys are asked for.
        assertThat(keysOf("messages_en")).isEqualTo(keysOf("messages"));
    }

    @Test
    void haveTheSamePlacesInBothLanguages() {
        french.keySet()
                .forEach(key ->
                        assertThat(places(english.getString(key))).as(key).isEqualTo(places(french.getString(key))));
    }

    @Test
    void speakFrenchWhateverTheMachineSpeaks() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
        try {
            assertThat(new Messages(Locale.FRENCH).text("week.region")).isEqualTo("Région");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static java.util.SortedSet<String> keysOf(String file) {
        var properties = new java.util.Properties();
        try (var stream = MessagesTest.class.getResourceAsStream("/ml/keneya/load/" + file + ".properties")) {
            properties.load(stream);
        } catch (java.io.IOException missing) {
            throw new AssertionError(missing);
        }
        return new java.util.TreeSet<>(properties.stringPropertyNames());
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).toList();
    }
}
