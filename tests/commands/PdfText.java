import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;

/** Says what a reader of a PDF reads. Run as it stands, with the program that wrote it on the class path. */
class PdfText {
    public static void main(String[] files) throws Exception {
        try (var document = Loader.loadPDF(new File(files[0]))) {
            new PrintStream(System.out, true, StandardCharsets.UTF_8).print(new PDFTextStripper().getText(document));
        }
    }
}
