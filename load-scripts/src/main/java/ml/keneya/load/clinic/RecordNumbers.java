package ml.keneya.load.clinic;

import java.util.Locale;
import ml.keneya.load.generate.mali.Slug;
import ml.keneya.load.sheets.Days;
import ml.keneya.load.sheets.SheetLine;

/**
 * Numbers for records that the sheet does not number, within those of their person. They are made of what a cell means
 * and not of how it is written: a spreadsheet program writes dates anew, and the same record must keep its number.
 */
final class RecordNumbers {
    private RecordNumbers() {}

    /** A dose by its rank; one of unknown rank by its day. */
    static String dose(SheetLine line) {
        String rank = line.text("dose").replaceFirst("^0+(?=\\d)", "");
        return Vaccines.code(line.text("vaccin")) + "/" + (rank.isEmpty() ? day(line, "date") : rank);
    }

    static String measure(SheetLine line) {
        return Slug.of(line.text("mesure")) + "/" + day(line, "date") + "/" + line.text("contact");
    }

    /**
     * A diagnosis by its code, or its words without accents, capitals and the signs that mean something in a search.
     */
    static String diagnosis(SheetLine line) {
        String what = line.has("maladie")
                ? line.text("maladie").toLowerCase(Locale.ROOT)
                : line.has("cim10") ? Icd10.code(line.text("cim10")) : Slug.of(line.text("libelle"));
        return what + "/" + (line.has("contact") ? line.text("contact") : day(line, "debut"));
    }

    private static String day(SheetLine line, String column) {
        return Days.read(line.text(column)).orElseGet(() -> Slug.of(line.text(column)));
    }
}
