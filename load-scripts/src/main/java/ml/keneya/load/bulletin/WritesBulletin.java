package ml.keneya.load.bulletin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import ml.keneya.load.bulletin.Boundaries.Area;
import org.jspecify.annotations.Nullable;

/** Writes a bulletin as one page of XHTML that asks nobody for anything: images and style are in it. */
final class WritesBulletin {
    private final Words words;
    private final Boundaries boundaries;
    private final @Nullable String disease;

    /** @param disease that the map shows; the one with most cases if absent */
    WritesBulletin(Words words, Boundaries boundaries, @Nullable String disease) {
        this.words = words;
        this.boundaries = boundaries;
        this.disease = disease;
    }

    String write(Bulletin bulletin) {
        Page page = new Page();
        String title = words.text(
                "title", words.shortWeek(bulletin.week()), bulletin.week().year());
        page.markup("<!DOCTYPE html>");
        page.open(
                "html",
                "xmlns",
                "http://www.w3.org/1999/xhtml",
                "lang",
                words.language(),
                "xml:lang",
                words.language());
        page.markup("<head><meta charset=\"UTF-8\"/>");
        page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        // A browser would refuse to fetch anything, even if something of the page asked it to.
        page.markup("<meta http-equiv=\"Content-Security-Policy\""
                + " content=\"default-src 'none'; style-src 'unsafe-inline'\"/>");
        page.element("title", title);
        page.markup("<meta name=\"description\" content=\"" + Html.escaped(title) + "\"/>");
        page.markup("<meta name=\"generator\" content=\"Kènèya\"/>");
        page.open("style").markup(style()).close("style").close("head").open("body");
        DrawsCurves curves = new DrawsCurves(words);
        Maps maps = new Maps(words, boundaries, bulletin, disease);
        new WritesNation(words, curves, maps, boundaries).write(page, bulletin);
        WritesRegion region = new WritesRegion(words, curves, maps, boundaries);
        for (Area area : boundaries.regions()) {
            region.write(page, bulletin, area);
        }
        new WritesMethod(words).write(page, bulletin);
        return page.close("body").close("html").toString();
    }

    private static String style() {
        String path = "/ml/keneya/load/bulletin/bulletin.css";
        try (InputStream file = Objects.requireNonNull(WritesBulletin.class.getResourceAsStream(path), path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
