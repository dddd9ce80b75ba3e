package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import ml.keneya.load.bulletin.Boundaries.Area;
import ml.keneya.load.bulletin.Count.State;
import ml.keneya.load.bulletin.Page.Table;

/** The pages about the country: figures, maps, alerts, curves, regions beside one another. */
final class WritesNation {
    private static final int CURVES = 6;
    private static final int WEEKS_BESIDE = 4;
    private static final int COLUMNS = 9;

    private final Words words;
    private final Charts charts;
    private final Maps maps;
    private final Boundaries boundaries;
    private final AlertTable alerts;

    WritesNation(Words words, DrawsCurves draws, Maps maps, Boundaries boundaries) {
        this.words = words;
        this.charts = new Charts(words, draws);
        this.maps = maps;
        this.boundaries = boundaries;
        this.alerts = new AlertTable(words);
    }

    void write(Page page, Bulletin bulletin) {
        page.open("header", "class", "masthead");
        page.element("p", words.text("issuer"), "class", "issuer");
        page.element("h1", words.text("heading"));
        page.element(
                "p",
                words.text(
                        "period",
                        words.number(bulletin.week().number()),
                        words.day(bulletin.week().monday()),
                        words.day(bulletin.week().nextMonday().minusDays(1))),
                "class",
                "period");
        page.close("header");
        page.element(
                "p",
                words.text(bulletin.publishable() ? "public" : "restricted"),
                "class",
                bulletin.publishable() ? "banner public" : "banner");
        page.open("main");
        page.open("section").element("h2", words.text("nation"));
        keyFigures(page, bulletin);
        diseases(page, bulletin);
        withoutCases(page, bulletin);
        page.open("div", "class", "two");
        if (maps.hasDisease()) {
            page.figure("half", maps.casesTitle(), maps.nationCases(), "");
        }
        page.figure("half", maps.completenessTitle(), maps.nationCompleteness(), "");
        page.close("div");
        page.element("p", words.text("map.origin"), "class", "note");
        page.close("section");
        page.open("section", "class", "page").element("h2", words.text("alerts"));
        if (bulletin.publishable()) {
            page.element("p", words.text("alerts.hidden"));
        } else {
            alerts.write(page, bulletin.alerts(), bulletin.week());
        }
        page.element("h2", words.text("regions"), "class", "below");
        byRegion(page, bulletin);
        completeness(page, bulletin);
        vaccinated(page, bulletin);
        page.close("section");
        curves(page, bulletin);
        page.close("main");
    }

    private void keyFigures(Page page, Bulletin bulletin) {
        WeekFigures now = bulletin.nationNow();
        WeekFigures before = bulletin.nationBefore();
        Cell all = now.all(Bulletin.COUNTRY);
        Cell allBefore = before.all(Bulletin.COUNTRY);
        page.open("ul", "class", "key");
        key(page, words.count(all.cases()), words.text("key.cases"), change(allBefore.cases(), all.cases()));
        key(page, words.count(all.deaths()), words.text("key.deaths"), change(allBefore.deaths(), all.deaths()));
        Reports reports = now.reports(Bulletin.COUNTRY);
        key(
                page,
                words.percent(reports.completeness()),
                words.text("key.completeness"),
                words.text("key.reports", words.number(reports.received()), words.number(reports.expected())));
        if (!bulletin.publishable()) {
            key(
                    page,
                    words.number(AlertTable.number(bulletin.alerts(), bulletin.week(), AlertLine.Standing.NEW)),
                    words.text("key.alerts"),
                    words.text(
                            "key.open",
                            words.number(
                                    AlertTable.number(bulletin.alerts(), bulletin.week(), AlertLine.Standing.OPEN))));
        }
        page.close("ul");
    }

    private String change(Count before, Count now) {
        return words.text("key.before", words.count(before), words.trend(before, now));
    }

    private static void key(Page page, String figure, String name, String beside) {
        page.open("li")
                .element("strong", figure)
                .element("span", name)
                .element("small", beside)
                .close("li");
    }

    private static List<String> told(Bulletin bulletin) {
        return bulletin.diseases(bulletin.nation(), Bulletin.COUNTRY);
    }

    private void diseases(Page page, Bulletin bulletin) {
        List<String> told = told(bulletin);
        if (told.isEmpty()) {
            page.element(
                    "p", words.text("no-cases", words.number(bulletin.nation().size())), "class", "empty");
            return;
        }
        int size = bulletin.nation().size();
        List<WeekFigures> beside = bulletin.nation().subList(Math.max(0, size - WEEKS_BESIDE), size);
        List<String> columns = new ArrayList<>(List.of(words.text("disease-column")));
        beside.forEach(week -> columns.add(words.shortWeek(week.week())));
        columns.addAll(List.of(
                words.text("trend"),
                words.text("confirmed"),
                words.text("deaths"),
                words.text(
                        "deaths-before", words.shortWeek(bulletin.nationBefore().week()))));
        if (!bulletin.publishable()) {
            columns.addAll(List.of(words.text("year-cases"), words.text("year-deaths")));
        }
        Table table = new Table("numbers", words.text("diseases", words.shortWeek(bulletin.week())), columns);
        for (String disease : told) {
            Cell now = bulletin.nationNow().cell(Bulletin.COUNTRY, disease);
            Cell before = bulletin.nationBefore().cell(Bulletin.COUNTRY, disease);
            List<String> cells = new ArrayList<>(List.of(words.disease(disease)));
            beside.forEach(week ->
                    cells.add(words.count(week.cell(Bulletin.COUNTRY, disease).cases())));
            cells.add(words.arrow(before.cases(), now.cases()));
            cells.add(words.count(now.confirmed()));
            cells.add(words.count(now.deaths()));
            cells.add(words.count(before.deaths()));
            if (!bulletin.publishable()) {
                YearToDate year = bulletin.year().get(disease);
                cells.add(year == null ? "—" : words.number(year.cases()));
                cells.add(year == null ? "—" : words.number(year.deaths()));
            }
            table.row(cells);
        }
        page.table(table);
        List<String> hidden = bulletin.hidden(bulletin.nation(), Bulletin.COUNTRY);
        if (!hidden.isEmpty()) {
            page.element("p", words.text("hidden", words.number(size), names(hidden, 0)), "class", "note");
        }
        page.element("p", words.text("signs"), "class", "note");
    }

    private void withoutCases(Page page, Bulletin bulletin) {
        var zero = new TreeSet<String>();
        var silent = new TreeSet<String>();
        bulletin.nationNow().cells().getOrDefault(Bulletin.COUNTRY, Map.of()).forEach((disease, cell) -> {
            if (cell.cases().state() == State.ZERO) {
                zero.add(words.shortDisease(disease));
            } else if (cell.cases().state() == State.SILENT) {
                silent.add(words.shortDisease(disease));
            }
        });
        if (!zero.isEmpty()) {
            page.element("p", words.text("zero", String.join(", ", zero)), "class", "note");
        }
        if (!silent.isEmpty()) {
            page.element("p", words.text("silent", String.join(", ", silent)), "class", "note");
        }
    }

    private void curves(Page page, Bulletin bulletin) {
        List<String> told = bulletin.counted(bulletin.nation(), Bulletin.COUNTRY);
        List<String> drawn = told.subList(0, Math.min(CURVES, told.size()));
        if (drawn.isEmpty()) {
            return;
        }
        page.open("section", "class", "page");
        page.element("h2", words.text("curves", words.number(bulletin.nation().size())));
        for (int at = 0; at < drawn.size(); at += 2) {
            page.open("div", "class", "two");
            for (String disease : drawn.subList(at, Math.min(at + 2, drawn.size()))) {
                page.figure(
                        "half",
                        words.disease(disease),
                        charts.ofDisease(bulletin.nation(), Bulletin.COUNTRY, disease),
                        "");
            }
            page.close("div");
        }
        charts.behind(bulletin.nation(), Bulletin.COUNTRY, drawn, true).forEach(page::table);
        if (told.size() > drawn.size()) {
            page.element("p", words.text("more-diseases", names(told, drawn.size())), "class", "note");
        }
        page.close("section");
    }

    /** A row a region, a column a disease. */
    private void byRegion(Page page, Bulletin bulletin) {
        List<String> told = told(bulletin);
        if (told.isEmpty()) {
            page.element(
                    "p", words.text("no-cases", words.number(bulletin.nation().size())));
            return;
        }
        List<String> shown = told.subList(0, Math.min(COLUMNS, told.size()));
        List<String> columns = new ArrayList<>(List.of(words.text("region")));
        shown.forEach(disease -> columns.add(words.shortDisease(disease)));
        Table table = new Table("numbers tight", words.text("by-region", words.shortWeek(bulletin.week())), columns);
        WeekFigures regions = bulletin.regionsNow();
        for (Area area : boundaries.regions()) {
            row(table, area.name(), regions, area.code(), shown);
        }
        if (regions.hasCasesWithoutPlace()) {
            row(table, words.text("no-place"), regions, "", shown);
        }
        row(table, words.text("country"), bulletin.nationNow(), Bulletin.COUNTRY, shown);
        page.table(table);
        if (told.size() > shown.size()) {
            page.element("p", words.text("more-diseases", names(told, shown.size())), "class", "note");
        }
    }

    private String names(List<String> diseases, int from) {
        return String.join(
                ", ",
                diseases.subList(from, diseases.size()).stream()
                        .map(words::shortDisease)
                        .toList());
    }

    /** Cases, and deaths behind a cross where there are any, or may be because their number is hidden. */
    private void row(Table table, String name, WeekFigures figures, String place, List<String> diseases) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (String disease : diseases) {
            Cell cell = figures.cell(place, disease);
            cells.add(words.count(cell.cases())
                    + (cell.deaths().mayBePositive() ? " († " + words.count(cell.deaths()) + ")" : ""));
        }
        table.row(cells);
    }

    private void completeness(Page page, Bulletin bulletin) {
        Table table = new Table(
                "numbers",
                words.text("completeness", words.shortWeek(bulletin.week())),
                List.of(
                        words.text("region"),
                        words.text("expected"),
                        words.text("received"),
                        words.text("completeness.share"),
                        words.text("timely"),
                        words.text("timeliness.share"),
                        words.text("unexpected")));
        for (Area area : boundaries.regions()) {
            reports(table, area.name(), bulletin.regionsNow().reports(area.code()));
        }
        reports(table, words.text("country"), bulletin.nationNow().reports(Bulletin.COUNTRY));
        page.table(table);
        page.element("p", words.text("completeness.note"), "class", "note");
    }

    private void reports(Table table, String name, Reports reports) {
        table.row(List.of(
                name,
                words.number(reports.expected()),
                words.number(reports.received()),
                words.percent(reports.completeness()),
                words.number(reports.timely()),
                words.percent(reports.timeliness()),
                words.number(reports.unexpected())));
    }

    private void vaccinated(Page page, Bulletin bulletin) {
        if (bulletin.vaccinated().isEmpty()) {
            return;
        }
        Table table = new Table(
                "numbers",
                words.text("vaccinated"),
                List.of(
                        words.text("region"),
                        words.text("vaccinated.children"),
                        words.text("vaccinated.penta1"),
                        words.text("vaccinated.penta3"),
                        words.text("vaccinated.drop-out"),
                        words.text("vaccinated.zero-dose")));
        for (Vaccinated each : bulletin.vaccinated()) {
            String name = boundaries.regions().stream()
                    .filter(area -> area.code().equals(each.place()))
                    .map(Area::name)
                    .findFirst()
                    .orElse(words.text("no-place"));
            table.row(List.of(
                    name,
                    words.number(each.children()),
                    words.share(each.penta1()),
                    words.share(each.penta3()),
                    words.share(each.dropOut()),
                    words.share(each.zeroDose())));
        }
        page.table(table);
        page.element("p", words.text("vaccinated.note"), "class", "note");
    }
}
