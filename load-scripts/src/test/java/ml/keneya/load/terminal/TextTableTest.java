package ml.keneya.load.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import ml.keneya.load.test.CapturedTerminal;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private final CapturedTerminal output = new CapturedTerminal();

    @Test
    void alignsColumnsByWhatIsSeen() {
        var table = new TextTable(List.of("Région", "Cas"));
        table.add(List.of("Se\u0301gou", "1"));
        table.add(List.of("Koulikoro", "12"));

        table.printTo(output.inFrench());

        assertThat(output.results()).isEqualToNormalizingNewlines("""
                        Région     Cas
                        ─────────  ───
                        Ségou      1
                        Koulikoro  12
                        """);
    }

    @Test
    void doesNotLetANameDriveTheTerminal() {
        var table = new TextTable(List.of("Nom"));
        table.add(List.of("\u001b[31mAwa\nKEITA"));

        table.printTo(output.inFrench());

        assertThat(output.results()).contains("\uFFFD[31mAwa\uFFFDKEITA").doesNotContain("\u001b");
    }

    @Test
    void refusesARowOfAnotherShape() {
        var table = new TextTable(List.of("Nom", "Sexe"));

        assertThatIllegalArgumentException().isThrownBy(() -> table.add(List.of("Awa")));
    }
}
