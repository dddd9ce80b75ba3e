package ml.keneya.load.bulletin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ml.keneya.load.bulletin.Boundaries.Area;
import ml.keneya.load.bulletin.Page.Table;

/** The page of a region: its cercles, its curves, its alerts, and who has not reported. */
final class WritesRegion {
    private static final int CURVES = 3;
    private static final int COLUMNS = 6;
    private static final int NAMES = 60;

    private final Words words;
    private final Charts charts;
    private final Maps maps;
    private final Boundaries boundaries;
    private final AlertTable alerts;

    WritesRegion(Words words, DrawsCurves draws, Maps maps, Boundaries boundaries) {
        this.words = words;
        this.charts = new Charts(words, draws);
        this.maps = maps;
        this.boundaries = boundaries;
        this.alerts = new AlertTable(words);
    }

    void write(Page page, Bulletin bulletin, Area region) {
        String code = region.code();
        Reports reports = bulletin.regionsNow().reports(code);
        Cell all = bulletin.regionsNow().all(code);
        page.open("section", "class", "page");
        page.element("h2", region.name());
        page.element(
                "p",
                words.text(
                        "region.summary",
                        words.count(all.cases()),
                        words.count(all.deaths()),
                        words.percent(reports.completeness()),
                        words.percent(reports.timeliness())),
                "class",
                "lead");
        List<String> diseases = bulletin.diseases(bulletin.regions(), code);
        List<String> counted = bulletin.counted(bulletin.regions(), code);
        List<String> drawn = counted.subList(0, Math.min(CURVES, counted.size()));
        List<String> hidden = bulletin.hidden(bulletin.regions(), code);
        String weeks = words.number(bulletin.regions().size());
        page.open("div", "class", "two");
        if (maps.hasDisease() && boundaries.cerclesOf(code).size() > 1) {
            page.figure("narrow", maps.casesTitle(), maps.region(region), "");
        }
        if (!drawn.isEmpty()) {
            List<Bulletin.Population> inhabitants = Optional.ofNullable(
                            bulletin.populations().get(code))
                    .stream()
                    .toList();
            Charts.OfPlace curves = charts.ofPlace(bulletin.regions(), code, drawn, inhabitants);
            page.figure("broad", words.text("curve.place"), curves.image(), curves.unseen());
        }
        page.close("div");
        if (!drawn.isEmpty()) {
            charts.behind(bulletin.regions(), code, drawn, false).forEach(page::table);
        } else if (hidden.isEmpty()) {
            page.element("p", words.text("region.no-cases", weeks), "class", "empty");
        }
        if (!hidden.isEmpty()) {
            String names =
                    String.join(", ", hidden.stream().map(words::shortDisease).toList());
            page.element("p", words.text("hidden", weeks, names), "class", "note");
        }
        cercles(page, bulletin, region, diseases);
        if (!bulletin.publishable()) {
            page.element("h3", words.text("alerts"));
            alerts.writeOf(code, page, bulletin.alerts(), bulletin.week());
        }
        silent(page, bulletin, code, reports);
        page.close("section");
    }

    private void cercles(Page page, Bulletin bulletin, Area region, List<String> diseases) {
        List<String> shown = diseases.subList(0, Math.min(COLUMNS, diseases.size()));
        List<String> columns = new ArrayList<>(List.of(words.text("cercle")));
        shown.forEach(disease -> columns.add(words.shortDisease(disease)));
        columns.addAll(List.of(
                words.text("all-cases"),
                words.shortWeek(bulletin.cercles().before().week()),
                words.text("trend"),
                words.text("deaths"),
                words.text("completeness.share")));
        Table table = new Table("numbers tight", words.text("by-cercle", words.shortWeek(bulletin.week())), columns);
        WeekFigures now = bulletin.cercles().now();
        WeekFigures before = bulletin.cercles().before();
        for (Area area : boundaries.cerclesOf(region.code())) {
            List<String> cells = new ArrayList<>(List.of(area.name()));
            shown.forEach(disease ->
                    cells.add(words.count(now.cell(area.code(), disease).cases())));
            Cell all = now.all(area.code());
            Count allBefore = before.all(area.code()).cases();
            cells.addAll(List.of(
                    words.count(all.cases()),
                    words.count(allBefore),
                    words.arrow(allBefore, all.cases()),
                    words.count(all.deaths()),
                    words.percent(now.reports(area.code()).completeness())));
            table.row(cells);
        }
        page.table(table);
    }

    private void silent(Page page, Bulletin bulletin, String region, Reports reports) {
        page.element("h3", words.text("silent-sites"));
        long number = reports.expected() - reports.received();
        if (reports.expected() == 0) {
            page.element("p", words.text("silent-sites.none-owed"));
        } else if (number == 0) {
            page.element("p", words.text("silent-sites.none"));
        } else {
            page.element(
                    "p", words.text("silent-sites.number", words.number(number), words.number(reports.expected())));
            List<String> names = bulletin.silent().stream()
                    .filter(site -> site.region().equals(region))
                    .map(SilentSite::name)
                    .toList();
            if (!names.isEmpty()) {
                String some = String.join(" · ", names.subList(0, Math.min(NAMES, names.size())));
                String more = names.size() > NAMES ? " " + words.text("more", words.number(names.size() - NAMES)) : "";
                page.element("p", some + more, "class", "names");
            }
        }
    }
}
