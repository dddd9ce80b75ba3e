package ml.keneya.load.bulletin;

import java.util.List;
import java.util.Map;
import ml.keneya.load.bulletin.Bulletin.Population;

/** The last page: what the figures mean, of which version they are, and what is not known. */
final class WritesMethod {
    private static final List<String> NOTES = List.of(
            "method.case",
            "method.day",
            "method.place",
            "method.death",
            "method.silence",
            "method.completeness",
            "method.alerts",
            "method.thresholds",
            "method.division");

    private final Words words;

    WritesMethod(Words words) {
        this.words = words;
    }

    void write(Page page, Bulletin bulletin) {
        page.open("section", "class", "page").element("h2", words.text("method"));
        page.open("ul");
        page.element(
                "li",
                words.text(
                        "method.version",
                        words.number(bulletin.nationNow().version()),
                        words.moment(bulletin.computedAt())));
        page.element("li", words.text("method.provisional"));
        NOTES.stream()
                .filter(note -> !(bulletin.publishable() && note.equals("method.alerts")))
                .forEach(note -> page.element("li", words.text(note)));
        page.element("li", words.text(bulletin.publishable() ? "method.hidden" : "method.restricted"));
        if (!bulletin.populations().isEmpty()) {
            page.element("li", words.text("method.populations", sources(bulletin.populations())));
        }
        page.element("li", words.text("method.map"));
        page.close("ul");
        page.element("p", words.text("signs"), "class", "note");
        page.close("section");
    }

    private static String sources(Map<String, Population> populations) {
        return String.join(
                " ; ",
                populations.values().stream()
                        .map(each -> each.source() + ", " + each.year())
                        .distinct()
                        .sorted()
                        .toList());
    }
}
