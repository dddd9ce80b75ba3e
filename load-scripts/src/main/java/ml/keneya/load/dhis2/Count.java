package ml.keneya.load.dhis2;

import java.util.Arrays;
import java.util.Optional;

/** What the weekly report counts of each disease. */
enum Count {
    SUSPECTED("suspected-cases", "suspected_cases"),
    CONFIRMED("confirmed-cases", "confirmed_cases"),
    DEATHS("deaths", "deaths");

    private final String code;
    private final String column;

    Count(String code, String column) {
        this.code = code;
        this.column = column;
    }

    /** As the terminology of Mali calls it. */
    String code() {
        return code;
    }

    /** Of the CSV of the weekly report. */
    String column() {
        return column;
    }

    static Optional<Count> coded(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }
}
