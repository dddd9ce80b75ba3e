package ml.keneya.load.sheets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ml.keneya.load.terminal.CsvLine;
import ml.keneya.load.terminal.Messages;
import ml.keneya.load.terminal.Terminal;

/** What is wrong in spreadsheets: said on the terminal, and written into a spreadsheet beside each of them. */
public final class Faults {
    private static final int SHOWN = 20;
    // Without this mark Excel would take the accents for those of Windows.
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Messages words;
    private final List<Fault> all = new ArrayList<>();
    private final Set<SheetLine> faulty = new HashSet<>();
    private boolean wholeFile;

    public Faults(Messages words) {
        this.words = words;
    }

    /**
     * Notes a fault of a cell.
     *
     * @param kind of the messages {@code fault.…} and {@code fault.….remedy}
     */
    public void at(SheetLine line, String column, String kind, Object... values) {
        faulty.add(line);
        all.add(new Fault(
                line.file(),
                line.number(),
                line.heading(column),
                line.text(column),
                words.text("fault." + kind, values),
                words.text("fault." + kind + ".remedy", values)));
    }

    /** Notes what somebody else said about a line. */
    public void said(SheetLine line, String column, String what) {
        faulty.add(line);
        all.add(new Fault(
                line.file(),
                line.number(),
                line.heading(column),
                line.text(column),
                what,
                words.text("fault.said.remedy")));
    }

    void inFile(Path file, long line, String column, String kind, Object... values) {
        wholeFile = true;
        all.add(new Fault(
                String.valueOf(file.getFileName()),
                line,
                column,
                "",
                words.text("fault." + kind, values),
                words.text("fault." + kind + ".remedy", values)));
    }

    public boolean has(SheetLine line) {
        return faulty.contains(line);
    }

    /** How many lines have one. */
    public int lines() {
        return faulty.size();
    }

    /** Whether a file as a whole could not be read, so that nobody knows what its lines would have said. */
    public boolean concernAFile() {
        return wholeFile;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order of the files and of their lines. */
    public List<Fault> all() {
        return all.stream()
                .sorted(Comparator.comparing(Fault::file).thenComparingLong(Fault::line))
                .toList();
    }

    /** Says the first of them, and how many more there are. */
    public void show(Terminal terminal) {
        List<Fault> sorted = all();
        sorted.stream().limit(SHOWN).forEach(fault -> show(fault, terminal));
        if (sorted.size() > SHOWN) {
            terminal.remark("fault.more", sorted.size() - SHOWN);
        }
    }

    private static void show(Fault fault, Terminal terminal) {
        if (fault.line() == 0) {
            terminal.remark("fault.file", fault.file(), fault.what(), fault.remedy());
        } else if (fault.column().isEmpty()) {
            terminal.remark("fault.line", fault.file(), fault.line(), fault.what(), fault.remedy());
        } else {
            terminal.remark(
                    "fault.cell",
                    fault.file(),
                    fault.line(),
                    fault.column(),
                    fault.value(),
                    fault.what(),
                    fault.remedy());
        }
    }

    /**
     * Writes those of a spreadsheet beside it, or removes what an earlier run wrote when there are none.
     *
     * @return whether there are any
     */
    public boolean writeBeside(Path sheet) throws IOException {
        String name = String.valueOf(sheet.getFileName());
        Path beside = besideOf(sheet);
        List<Fault> own =
                all().stream().filter(fault -> fault.file().equals(name)).toList();
        if (own.isEmpty()) {
            Files.deleteIfExists(beside);
            return false;
        }
        var text = new StringBuilder(BYTE_ORDER_MARK);
        text.append(CsvLine.of(List.of(
                        words.text("fault.heading.line"),
                        words.text("fault.heading.column"),
                        words.text("fault.heading.value"),
                        words.text("fault.heading.what"),
                        words.text("fault.heading.remedy"))))
                .append("\r\n");
        for (Fault fault : own) {
            text.append(CsvLine.of(List.of(
                            fault.line() == 0 ? "" : Long.toString(fault.line()),
                            fault.column(),
                            fault.value(),
                            fault.what(),
                            fault.remedy())))
                    .append("\r\n");
        }
        Files.writeString(beside, text, StandardCharsets.UTF_8);
        return true;
    }

    /** Where the faults of a spreadsheet are written. */
    public static Path besideOf(Path sheet) {
        return sheet.resolveSibling(sheet.getFileName() + ".erreurs.csv");
    }
}
