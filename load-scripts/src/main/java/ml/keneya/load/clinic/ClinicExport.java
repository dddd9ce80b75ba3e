package ml.keneya.load.clinic;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.Sheet;
import ml.keneya.load.sheets.SheetLine;

/** The spreadsheets of a clinic, sorted by person. */
final class ClinicExport {
    private final Path folder;
    private final Mapping mapping;
    private final Faults faults;
    private final Map<String, PersonLines> people = new LinkedHashMap<>();

    /**
     * Everything the export says about one person.
     *
     * @param sheets the lines about her, in the order of the files
     */
    record PersonLines(SheetLine patient, Map<ExportSheet, List<SheetLine>> sheets) {
        List<SheetLine> of(ExportSheet sheet) {
            return sheets.getOrDefault(sheet, List.of());
        }

        String number() {
            return patient.text("numero");
        }
    }

    private ClinicExport(Path folder, Mapping mapping, Faults faults) {
        this.folder = folder;
        this.mapping = mapping;
        this.faults = faults;
    }

    static List<PersonLines> read(Path folder, Mapping mapping, Faults faults) {
        var export = new ClinicExport(folder, mapping, faults);
        export.patients();
        for (ExportSheet sheet : ExportSheet.values()) {
            if (sheet != ExportSheet.PATIENTS) {
                export.assign(sheet);
            }
        }
        return List.copyOf(export.people.values());
    }

    /** The files of an export that are there. */
    static List<Path> files(Path folder, Mapping mapping) {
        List<Path> files = new ArrayList<>();
        for (ExportSheet sheet : ExportSheet.values()) {
            Path file = folder.resolve(mapping.file(sheet));
            if (Files.exists(file)) {
                files.add(file);
            }
        }
        return files;
    }

    private List<SheetLine> lines(ExportSheet sheet) {
        return Sheet.read(folder.resolve(mapping.file(sheet)), mapping.form(sheet), faults);
    }

    private void patients() {
        for (SheetLine line : lines(ExportSheet.PATIENTS)) {
            PersonLines known =
                    people.putIfAbsent(line.text("numero"), new PersonLines(line, new EnumMap<>(ExportSheet.class)));
            if (known != null && line.has("numero")) {
                faults.at(line, "numero", "twice", known.patient().number());
                faults.at(known.patient(), "numero", "twice", line.number());
            }
        }
    }

    private void assign(ExportSheet sheet) {
        if (!Files.exists(folder.resolve(mapping.file(sheet))) && !mapping.names(sheet)) {
            return;
        }
        for (SheetLine line : lines(sheet)) {
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
            checkNumbers();
        }
    }

    private void checkNumbers() {
        Map<String, SheetLine> contacts = new HashMap<>();
        for (PersonLines person : people.values()) {
            for (SheetLine contact : person.of(ExportSheet.CONTACTS)) {
                SheetLine known = contacts.putIfAbsent(contact.text("numero"), contact);
                if (known != null && contact.has("numero")) {
                    faults.at(contact, "numero", "twice", known.number());
                }
            }
        }
    }
}
