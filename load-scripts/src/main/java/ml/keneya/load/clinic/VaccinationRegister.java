package ml.keneya.load.clinic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.clinic.RegisterMapping.DoseColumn;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.Sheet;
import ml.keneya.load.sheets.SheetForm;
import ml.keneya.load.sheets.SheetLine;

/**
 * One spreadsheet in which a line is a person and her doses are columns; each filled cell becomes a line of its own.
 */
final class VaccinationRegister implements Spreadsheets {
    private final Path file;
    private final RegisterMapping mapping;
    private final SheetForm form;

    VaccinationRegister(Path file, Mapping mapping, RegisterMapping register) {
        this.file = file;
        this.mapping = register;
        this.form = register.form(mapping.charset());
    }

    @Override
    public List<PersonLines> read(Faults faults) {
        Map<String, PersonLines> people = PersonLines.byNumber(Sheet.read(file, form, faults), faults);
        for (PersonLines person : people.values()) {
            for (DoseColumn column : mapping.doses()) {
                if (person.patient().has(column.day()) || person.patient().has(column.lotColumn())) {
                    SheetLine dose = dose(person.patient(), column);
                    if (!dose.has("date")) {
                        faults.at(dose, "date", "missing", column.heading());
                    }
                    person.sheets()
                            .computeIfAbsent(ExportSheet.DOSES, any -> new ArrayList<>())
                            .add(dose);
                }
            }
        }
        return List.copyOf(people.values());
    }

    private static SheetLine dose(SheetLine line, DoseColumn column) {
        Map<String, String> cells = new HashMap<>(column.fixed());
        cells.put("patient", line.text("numero"));
        cells.put("date", line.text(column.day()));
        cells.put("lot", line.text(column.lotColumn()));
        Map<String, String> headings = new HashMap<>(Map.of("patient", line.heading("numero")));
        // What the exchange says about vaccine or rank concerns the column as a whole.
        for (String ours : List.of("date", "vaccin", "dose", "origine")) {
            headings.put(ours, column.heading());
        }
        column.lot().ifPresent(lot -> headings.put("lot", lot));
        return new SheetLine(line.file(), line.number(), cells, headings);
    }

    @Override
    public List<Path> files() {
        return Files.exists(file) ? List.of(file) : List.of();
    }
}
