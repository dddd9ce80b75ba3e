package ml.keneya.surveillance;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The days of a report, as DHIS2 and ADX write them.
 *
 * @param end the last day, which is included
 */
record ReportPeriod(LocalDate start, LocalDate end) {

    static ReportPeriod of(Scope scope) {
        return new ReportPeriod(scope.start(), scope.end());
    }

    /**
     * As DHIS2 names it ({@code 2026W30}, {@code 202607}, {@code 2026Q3}, {@code 2026S2}, {@code 2026}); nothing for
     * days that are no week from Monday, month, quarter, half or whole of a calendar year. Other periods of DHIS2
     * (days, two months, financial years) are not written.
     */
    Optional<String> inDhis2() {
        EpidemiologicalWeek week = EpidemiologicalWeek.of(start);
        if (isWeek(week)) {
            return Optional.of(week.inDhis2());
        }
        int month = start.getMonthValue();
        int year = start.getYear();
        return switch (wholeMonths()) {
            case 1 -> Optional.of("%04d%02d".formatted(year, month));
            case 3 -> month % 3 == 1 ? Optional.of(year + "Q" + (month / 3 + 1)) : Optional.empty();
            case 6 -> month % 6 == 1 ? Optional.of(year + "S" + (month / 6 + 1)) : Optional.empty();
            case 12 -> month == 1 ? Optional.of(Integer.toString(year)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** As ADX writes it (ISO 8601): the first day and how long from there, {@code 2026-07-01/P1M}. */
    String inAdx() {
        int months = isWeek(EpidemiologicalWeek.of(start)) ? 0 : wholeMonths();
        if (months == 0) {
            return start + "/P" + (ChronoUnit.DAYS.between(start, end) + 1) + "D";
        }
        return start + "/P" + (months % 12 == 0 ? months / 12 + "Y" : months + "M");
    }

    private boolean isWeek(EpidemiologicalWeek week) {
        return week.monday().equals(start) && week.sunday().equals(end);
    }

    /** None if a month is begun or left within. */
    private int wholeMonths() {
        boolean whole = start.getDayOfMonth() == 1 && end.plusDays(1).getDayOfMonth() == 1;
        return whole
                ? Math.toIntExact(ChronoUnit.MONTHS.between(YearMonth.from(start), YearMonth.from(end.plusDays(1))))
                : 0;
    }
}
