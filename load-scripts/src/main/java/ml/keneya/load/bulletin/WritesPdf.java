package ml.keneya.load.bulletin;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Prints a page as PDF, tagged for who hears it (PDF/UA), by the same style sheet as a printer's. */
final class WritesPdf {
    private static final String FAMILY = "DejaVu Sans Condensed";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;

    // Held, because the logging of Java forgets the level of a logger that nobody holds.
    private static final Logger FONTS = Logger.getLogger("org.apache.pdfbox");
    private static final Logger FONT_FILES = Logger.getLogger("org.apache.fontbox");

    byte[] write(String page) throws IOException {
        XRLog.listRegisteredLoggers().forEach(name -> XRLog.setLevel(name, Level.SEVERE));
        FONTS.setLevel(Level.SEVERE);
        FONT_FILES.setLevel(Level.SEVERE);
        Path folder = Files.createTempDirectory("keneya-bulletin");
        // Else a list of the machine's fonts would be left in the home of whoever prints.
        System.setProperty("pdfbox.fontcache", folder.toString());
        try (var drawer = new BatikSVGDrawer()) {
            var builder = new PdfRendererBuilder();
            font(builder, folder, "DejaVuSansCondensed.ttf", REGULAR);
            font(builder, folder, "DejaVuSansCondensed-Bold.ttf", BOLD);
            var printed = new ByteArrayOutputStream();
            builder.useSVGDrawer(drawer)
                    // Nothing of the page leads elsewhere, and nothing may.
                    .useUriResolver((base, address) -> null)
                    .usePdfUaAccessibility(true)
                    .withHtmlContent(page, null)
                    .toStream(printed)
                    .run();
            return printed.toByteArray();
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    /** Batik takes files only. */
    private static void font(PdfRendererBuilder builder, Path folder, String name, int weight) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream font =
                Objects.requireNonNull(WritesPdf.class.getResourceAsStream("/ml/keneya/load/bulletin/" + name), name)) {
            Files.copy(font, file);
        }
        builder.useFont(
                file.toFile(),
                FAMILY,
                weight,
                FontStyle.NORMAL,
                true,
                EnumSet.of(FSFontUseCase.DOCUMENT, FSFontUseCase.SVG));
    }
}
