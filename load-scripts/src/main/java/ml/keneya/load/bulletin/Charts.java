package ml.keneya.load.bulletin;

import java.awt.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import ml.keneya.load.agency.EpidemiologicalWeek;
import ml.keneya.load.bulletin.Bulletin.Population;
import ml.keneya.load.bulletin.Page.Table;

/** The curves of a bulletin, and the tables of what they show. */
final class Charts {
    private static final int TIMES_HIGHER = 3;

    /** So many columns fit on a sheet of paper. */
    private static final int MOST_WEEKS = 13;

    private final Words words;
    private final DrawsCurves draws;
    private final Thresholds thresholds = new Thresholds();

    Charts(Words words, DrawsCurves draws) {
        this.words = words;
        this.draws = draws;
    }

    private static List<EpidemiologicalWeek> weeks(List<WeekFigures> figures) {
        return figures.stream().map(WeekFigures::week).toList();
    }

    private static Curve cases(List<WeekFigures> figures, String place, String disease, String name) {
        return new Curve(
                name,
                figures.stream().map(week -> week.cell(place, disease).cases()).toList());
    }

    private static Curve deaths(List<WeekFigures> figures, String place, String disease, String name) {
        return new Curve(
                name,
                figures.stream().map(week -> week.cell(place, disease).deaths()).toList());
    }

    /** Cases and deaths of one disease. */
    String ofDisease(List<WeekFigures> figures, String place, String disease) {
        List<Curve> curves = List.of(
                cases(figures, place, disease, words.text("cases")),
                deaths(figures, place, disease, words.text("deaths")));
        List<Curve.Line> lines =
                thresholds.isOneCase(disease) ? List.of(new Curve.Line(words.text("threshold.one"), 1)) : List.of();
        return draws.draw(
                alternative(words.disease(disease), figures, curves.get(0)),
                weeks(figures),
                curves,
                lines,
                new Dimension(335, 165));
    }

    /**
     * What is drawn of several diseases in a place.
     *
     * @param unseen thresholds that are too high to be drawn, in words
     */
    record OfPlace(String image, String unseen) {}

    /** @param inhabitants none where they are not known */
    OfPlace ofPlace(List<WeekFigures> figures, String place, List<String> diseases, List<Population> inhabitants) {
        List<Curve> curves = diseases.stream()
                .map(disease -> cases(figures, place, disease, words.shortDisease(disease)))
                .toList();
        long highest = curves.stream().mapToLong(Curve::highest).max().orElse(0);
        List<Curve.Line> lines = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (String disease : diseases) {
            for (Thresholds.Incidence each : thresholds.incidences(disease)) {
                for (Population population : inhabitants) {
                    double value = each.cases(population.inhabitants());
                    String name = words.text(
                            "threshold.incidence",
                            words.shortDisease(disease),
                            words.level(each.level()),
                            words.decimal(each.per100000()),
                            words.number((long) Math.ceil(value)));
                    if (value <= TIMES_HIGHER * Math.max(1, highest)) {
                        lines.add(new Curve.Line(name, value));
                    } else {
                        unseen.add(name);
                    }
                }
            }
        }
        String image = draws.draw(words.text("curve.place"), weeks(figures), curves, lines, new Dimension(370, 225));
        return new OfPlace(image, unseen.isEmpty() ? "" : words.text("threshold.unseen", String.join(" ; ", unseen)));
    }

    private String alternative(String title, List<WeekFigures> figures, Curve curve) {
        List<String> points = IntStream.range(0, figures.size())
                .mapToObj(at -> words.shortWeek(figures.get(at).week()) + " "
                        + words.count(curve.points().get(at)))
                .toList();
        return words.text("curve.alternative", title, String.join(", ", points));
    }

    /** The numbers behind curves, in several tables where one would be broader than the page. */
    List<Table> behind(List<WeekFigures> figures, String place, List<String> diseases, boolean withDeaths) {
        if (figures.size() <= MOST_WEEKS) {
            return List.of(part(words.text("behind"), figures, place, diseases, withDeaths));
        }
        List<Table> parts = new ArrayList<>();
        for (int from = 0; from < figures.size(); from += MOST_WEEKS) {
            List<WeekFigures> some = figures.subList(from, Math.min(figures.size(), from + MOST_WEEKS));
            String caption = words.text(
                    "behind.part",
                    words.shortWeek(some.get(0).week()),
                    words.shortWeek(some.get(some.size() - 1).week()));
            parts.add(part(caption, some, place, diseases, withDeaths));
        }
        return parts;
    }

    private Table part(
            String caption, List<WeekFigures> figures, String place, List<String> diseases, boolean withDeaths) {
        List<String> columns = new ArrayList<>(List.of(words.text("disease-column")));
        figures.forEach(week -> columns.add(words.shortWeek(week.week())));
        Table table = new Table("numbers tight", caption, columns);
        for (String disease : diseases) {
            row(table, words.shortDisease(disease), cases(figures, place, disease, ""));
            Curve deaths = deaths(figures, place, disease, "");
            if (withDeaths && !deaths.isEmpty()) {
                row(table, words.text("deaths-of", words.shortDisease(disease)), deaths);
            }
        }
        return table;
    }

    private void row(Table table, String name, Curve curve) {
        List<String> cells = new ArrayList<>(List.of(name));
        curve.points().forEach(point -> cells.add(words.count(point)));
        table.row(cells);
    }
}
