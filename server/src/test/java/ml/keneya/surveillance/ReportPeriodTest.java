package ml.keneya.surveillance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPeriodTest {

    @ParameterizedTest
    @CsvSource({
        "2026-07-20, 2026-07-26, 2026W30,  2026-07-20/P7D",
        "2026-01-12, 2026-01-18, 2026W3,   2026-01-12/P7D",
        "2025-12-29, 2026-01-04, 2026W1,   2025-12-29/P7D",
        "2026-07-01, 2026-07-31, 202607,   2026-07-01/P1M",
        "2024-02-01, 2024-02-29, 202402,   2024-02-01/P1M",
        "2026-12-01, 2026-12-31, 202612,   2026-12-01/P1M",
        "2026-07-01, 2026-09-30, 2026Q3,   2026-07-01/P3M",
        "2026-10-01, 2026-12-31, 2026Q4,   2026-10-01/P3M",
        "2026-01-01, 2026-06-30, 2026S1,   2026-01-01/P6M",
        "2026-07-01, 2026-12-31, 2026S2,   2026-07-01/P6M",
        "2026-01-01, 2026-12-31, 2026,     2026-01-01/P1Y",
        // Of these none is written for DHIS2.
        "2026-07-21, 2026-07-27, '',       2026-07-21/P7D",
        "2026-07-01, 2026-07-30, '',       2026-07-01/P30D",
        "2026-02-01, 2026-04-30, '',       2026-02-01/P3M",
        "2026-04-01, 2026-09-30, '',       2026-04-01/P6M",
        "2026-07-01, 2027-06-30, '',       2026-07-01/P1Y",
        "2025-01-01, 2026-12-31, '',       2025-01-01/P2Y",
        "2026-07-01, 2026-08-31, '',       2026-07-01/P2M",
        "2026-07-20, 2026-07-20, '',       2026-07-20/P1D"
    })
    void isWrittenAsDhis2AndAdxHaveIt(LocalDate start, LocalDate end, String dhis2, String adx) {
        ReportPeriod period = new ReportPeriod(start, end);

        assertThat(period.inDhis2().orElse("")).isEqualTo(dhis2);
        assertThat(period.inAdx()).isEqualTo(adx);
    }
}
