package ml.keneya.load.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLineTest {
    @Test
    void quotesOnlyWhatNeedsIt() {
        assertThat(CsvLine.of(List.of("Awa", "Keïta, Aïssata", "dite \"Bintou\"", "")))
                .isEqualTo("Awa,\"Keïta, Aïssata\",\"dite \"\"Bintou\"\"\",");
    }

    @Test
    void doesNotHandAFormulaToASpreadsheet() {
        assertThat(CsvLine.of(List.of("=HYPERLINK(\"http://x\")", "-2+3", "@SUM(A1)")))
                .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\")\",'-2+3,'@SUM(A1)");
    }
}
