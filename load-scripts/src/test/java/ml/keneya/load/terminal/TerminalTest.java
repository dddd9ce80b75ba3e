package ml.keneya.load.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import ml.keneya.load.test.CapturedTerminal;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final CapturedTerminal captured = new CapturedTerminal();

    @Test
    void drawsABarOnAScreenAndWritesOverIt() {
        var terminal =
                new Terminal(captured.resultStream(), captured.remarkStream(), new Messages(Locale.FRENCH), true);

        terminal.progress("generate.progress", 50, 1_000, 2_000);
        terminal.progress("generate.progress", 100, 2_000, 2_000);
        terminal.line("fini");

        assertThat(captured.remarks())
                .isEqualTo("\r██████████░░░░░░░░░░ … 50 % · 1000 personnes sur 2000\u001B[K"
                        + "\r████████████████████ … 100 % · 2000 personnes sur 2000\u001B[K"
                        + "\r\u001B[K");
        assertThat(captured.results()).isEqualTo("fini\n");
    }

    @Test
    void notesALineWhereNobodyLooks() {
        captured.inFrench().progress("generate.progress", 50, 1_000, 2_000);

        assertThat(captured.remarks()).isEqualTo("… 50 % · 1000 personnes sur 2000\n");
    }
}
