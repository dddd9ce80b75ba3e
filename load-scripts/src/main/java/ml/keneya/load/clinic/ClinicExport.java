package ml.keneya.load.clinic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.Sheet;
import ml.keneya.load.sheets.SheetLine;

/** A folder with a spreadsheet for each kind of record. */
final class ClinicExport implements Spreadsheets {
    private final Path folder;
    private final Mapping mapping;

    ClinicExport(Path folder, Mapping mapping) {
        this.folder = folder;
        this.mapping = mapping;
    }

    @Override
    public List<PersonLines> read(Faults faults) {
        Map<String, PersonLines> people = PersonLines.byNumber(lines(ExportSheet.PATIENTS, faults), faults);
        for (ExportSheet sheet : ExportSheet.values()) {
            if (sheet != ExportSheet.PATIENTS) {
                assign(sheet, people, faults);
            }
        }
        return List.copyOf(people.values());
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (ExportSheet sheet : ExportSheet.values()) {
            Path file = folder.resolve(mapping.file(sheet));
            if (Files.exists(file)) {
                files.add(file);
            }
        }
        return files;
    }

    private List<SheetLine> lines(ExportSheet sheet, Faults faults) {
        return Sheet.read(folder.resolve(mapping.file(sheet)), mapping.form(sheet), faults);
    }

    private void assign(ExportSheet sheet, Map<String, PersonLines> people, Faults faults) {
        if (!Files.exists(folder.resolve(mapping.file(sheet))) && !mapping.names(sheet)) {
            return;
        }
        for (SheetLine line : lines(sheet, faults)) {
            PersonLines person = people.get(line.text("patient"));
            if (person == null) {
                if (line.has("patient")) {
                    faults.at(line, "patient", "no-patient", mapping.file(ExportSheet.PATIENTS));
                }
            } else {
                person.sheets().computeIfAbsent(sheet, any -> new ArrayList<>()).add(line);
            }
        }
        if (sheet == ExportSheet.CONTACTS) {
            checkNumbers(people.values(), faults);
        }
    }

    private static void checkNumbers(Collection<PersonLines> people, Faults faults) {
        Map<String, SheetLine> contacts = new HashMap<>();
        for (PersonLines person : people) {
            for (SheetLine contact : person.of(ExportSheet.CONTACTS)) {
                SheetLine known = contacts.putIfAbsent(contact.text("numero"), contact);
                if (known != null && contact.has("numero")) {
                    faults.at(contact, "numero", "twice", known.number());
                }
            }
        }
    }
}
