package ml.keneya.load.bulletin;

import java.util.List;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.AlertLine.Standing;
import ml.keneya.load.bulletin.Page.Table;

/** Alerts of a week: new ones first, then those that go on, then those that ended. */
final class AlertTable {
    private static final int MOST = 30;

    private final Words words;

    AlertTable(Words words) {
        this.words = words;
    }

    /** Those that were closed in the week, new ones among them. */
    private static long closed(List<AlertLine> alerts, EpidemiologicalWeek week) {
        return alerts.stream().filter(alert -> alert.isClosedIn(week)).count();
    }

    static long number(List<AlertLine> alerts, EpidemiologicalWeek week, Standing standing) {
        return alerts.stream().filter(alert -> alert.in(week) == standing).count();
    }

    String summary(List<AlertLine> alerts, EpidemiologicalWeek week) {
        return words.text(
                "alerts.summary",
                words.number(number(alerts, week, Standing.NEW)),
                words.number(number(alerts, week, Standing.OPEN)),
                words.number(closed(alerts, week)));
    }

    /** Of all alerts those of a region, and how many may be of it without anybody knowing. */
    void writeOf(String region, Page page, List<AlertLine> alerts, EpidemiologicalWeek week) {
        List<AlertLine> own =
                alerts.stream().filter(alert -> alert.isOf(region)).toList();
        if (own.isEmpty()) {
            page.element("p", words.text("alerts.none-here"));
        } else {
            table(page, own, week);
        }
        long elsewhere = alerts.stream().filter(alert -> alert.isOf("")).count();
        if (elsewhere > 0) {
            page.element("p", words.text("alerts.elsewhere", words.number(elsewhere)), "class", "note");
        }
    }

    void write(Page page, List<AlertLine> alerts, EpidemiologicalWeek week) {
        if (alerts.isEmpty()) {
            page.element("p", words.text("alerts.none"));
        } else {
            table(page, alerts, week);
        }
    }

    private void table(Page page, List<AlertLine> alerts, EpidemiologicalWeek week) {
        Table table = new Table(
                "words",
                summary(alerts, week),
                List.of(
                        words.text("disease-column"),
                        words.text("place"),
                        words.text("alerts.level"),
                        words.text("alerts.began"),
                        words.text("alerts.raised"),
                        words.text("alerts.standing")));
        List<AlertLine> shown = java.util.Arrays.stream(Standing.values())
                .flatMap(standing -> alerts.stream().filter(alert -> alert.in(week) == standing))
                .limit(MOST)
                .toList();
        for (AlertLine alert : shown) {
            table.row(List.of(
                    words.shortDisease(alert.disease()),
                    alert.placeName(),
                    words.level(alert.level()),
                    words.shortDay(alert.beganOn()),
                    alert.raisedOn().map(words::shortDay).orElse("—"),
                    standing(alert, week)));
        }
        page.table(table);
        if (alerts.size() > shown.size()) {
            page.element("p", words.text("more", words.number(alerts.size() - shown.size())), "class", "note");
        }
    }

    private String standing(AlertLine alert, EpidemiologicalWeek week) {
        return switch (alert.in(week)) {
            case NEW -> words.text("alerts.new") + (alert.isClosedIn(week) ? ", " + closing(alert) : later(alert));
            case OPEN -> words.text("alerts.open") + later(alert);
            case CLOSED -> closing(alert);
        };
    }

    private String closing(AlertLine alert) {
        return words.text(
                "alerts.closed",
                alert.closedOn().map(words::shortDay).orElse("—"),
                alert.outcome().isEmpty() ? words.text("alerts.no-outcome") : words.outcome(alert.outcome()));
    }

    /** A bulletin that is written later knows how it ended. */
    private String later(AlertLine alert) {
        return alert.closedOn()
                .map(day -> words.text(
                        "alerts.later",
                        words.shortDay(day),
                        alert.outcome().isEmpty() ? words.text("alerts.no-outcome") : words.outcome(alert.outcome())))
                .orElse("");
    }
}
