package ml.keneya.load.clinic;

import java.nio.file.Path;
import java.util.List;
import ml.keneya.load.sheets.Faults;

/** What a clinic keeps: a folder with a spreadsheet for each kind of record, or one register. */
interface Spreadsheets {

    /** The people, in the order of the lines that name them first. */
    List<PersonLines> read(Faults faults);

    /** The files that are there. */
    List<Path> files();
}
