package ml.keneya.load.clinic;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetLine;

/**
 * Everything a clinic's spreadsheets say about one person.
 *
 * @param sheets the lines about her, in the order of the files
 */
record PersonLines(SheetLine patient, Map<ExportSheet, List<SheetLine>> sheets) {
    /** One for each line that names a person; two lines with the same number are a fault of both. */
    static Map<String, PersonLines> byNumber(List<SheetLine> lines, Faults faults) {
        Map<String, PersonLines> people = new LinkedHashMap<>();
        for (SheetLine line : lines) {
            PersonLines known =
                    people.putIfAbsent(line.text("numero"), new PersonLines(line, new EnumMap<>(ExportSheet.class)));
            if (known != null && line.has("numero")) {
                faults.at(line, "numero", "twice", known.patient().number());
                faults.at(known.patient(), "numero", "twice", line.number());
            }
        }
        return people;
    }

    List<SheetLine> of(ExportSheet sheet) {
        return sheets.getOrDefault(sheet, List.of());
    }

    String number() {
        return patient.text("numero");
    }
}
