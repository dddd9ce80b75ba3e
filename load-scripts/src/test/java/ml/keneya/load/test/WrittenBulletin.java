package ml.keneya.load.test;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What was written, as its readers find it. */
public record WrittenBulletin(Path htmlFile, String remarks) {
    public String html() throws IOException {
        return Files.readString(htmlFile);
    }

    public Path pdfFile() {
        return Path.of(htmlFile.toString().replaceAll("html$", "pdf"));
    }

    public String pdf() throws IOException {
        try (var document = Loader.loadPDF(pdfFile().toFile())) {
            return new PDFTextStripper().getText(document).replace('\u00a0', ' ');
        }
    }

    public List<String> readers() throws IOException {
        return List.of(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(htmlFile)),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(pdfFile())));
    }

    /** The page of a region, as text. */
    public String page(String region) throws Exception {
        return section(region).getTextContent();
    }

    private Element section(String region) throws Exception {
        NodeList sections = document().getElementsByTagName("section");
        for (int at = 0; at < sections.getLength(); at++) {
            Element section = (Element) sections.item(at);
            if (section.getElementsByTagName("h2").item(0).getTextContent().equals(region)) {
                return section;
            }
        }
        throw new AssertionError("No page: " + region);
    }

    public List<List<String>> rowsOn(String region, String caption) throws Exception {
        return cells((Element)
                table(section(region), caption).getElementsByTagName("tbody").item(0));
    }

    public List<String> columns(String caption) throws Exception {
        Element table = table(document().getDocumentElement(), caption);
        return cells((Element) table.getElementsByTagName("thead").item(0)).get(0);
    }

    /** Read as XML: what is not well-formed fails here. */
    public Document document() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html())));
    }

    /** The rows of the first table whose heading begins with these words and ends or goes on as no longer one does. */
    public List<List<String>> rows(String caption) throws Exception {
        return cells((Element) table(document().getDocumentElement(), caption)
                .getElementsByTagName("tbody")
                .item(0));
    }

    private static Element table(Element within, String caption) {
        NodeList tables = within.getElementsByTagName("table");
        for (int at = 0; at < tables.getLength(); at++) {
            Element table = (Element) tables.item(at);
            String found = table.getElementsByTagName("caption").item(0).getTextContent();
            boolean longer = caption.equals("Cas par maladie") && found.contains("région")
                    || caption.equals("Cases by disease") && found.contains("region");
            if (found.startsWith(caption) && !longer) {
                return table;
            }
        }
        throw new AssertionError("No table: " + caption);
    }

    private static List<List<String>> cells(Element body) {
        List<List<String>> rows = new ArrayList<>();
        NodeList lines = body.getElementsByTagName("tr");
        for (int at = 0; at < lines.getLength(); at++) {
            List<String> row = new ArrayList<>();
            NodeList cells = lines.item(at).getChildNodes();
            for (int cell = 0; cell < cells.getLength(); cell++) {
                if (cells.item(cell) instanceof Element element) {
                    row.add(element.getTextContent());
                }
            }
            rows.add(row);
        }
        return rows;
    }
}
