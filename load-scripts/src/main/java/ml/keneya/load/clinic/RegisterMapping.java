package ml.keneya.load.clinic;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.sheets.SheetForm;

/**
 * How a vaccination register is written in which a line is a person and a column a dose, its cells the days on which it
 * was given.
 *
 * @param headings what the register calls our columns of a person
 * @param values by column of a person, what stands for which of our values
 */
record RegisterMapping(Map<String, String> headings, Map<String, Map<String, String>> values, List<DoseColumn> doses) {
    private static final Set<String> WORDS = Set.of("colonnes", "valeurs", "vaccinations");
    private static final Set<String> DOSE_WORDS = Set.of("vaccin", "dose", "lot", "origine");
    private static final List<String> PERSON = ExportSheet.PATIENTS.columns();

    /**
     * A column whose cells are days.
     *
     * @param fixed the cells that are the same for every dose of the column, by our names in a list of vaccinations
     * @param lot the heading of the column in which the lot stands, where there is one
     */
    record DoseColumn(String heading, Map<String, String> fixed, Optional<String> lot) {
        /** What this column is called while the register is read. */
        String day() {
            return "date " + heading;
        }

        String lotColumn() {
            return "lot " + heading;
        }
    }

    static RegisterMapping of(MappingFile file, Object document) {
        Map<String, Object> words = file.object("registre", document, WORDS);
        List<DoseColumn> doses = new ArrayList<>();
        file.object("vaccinations", words.get("vaccinations"))
                .forEach((heading, dose) -> doses.add(dose(file, heading, dose)));
        if (doses.isEmpty()) {
            throw file.without("vaccinations");
        }
        return new RegisterMapping(
                Mapping.headings(file, words, PERSON), Mapping.values(file, words, PERSON), List.copyOf(doses));
    }

    private static DoseColumn dose(MappingFile file, String heading, Object document) {
        file.object(heading, document, DOSE_WORDS);
        Map<String, String> cells = file.texts(heading, document);
        if (!cells.containsKey("vaccin")) {
            throw file.without(heading + ": {vaccin: …}");
        }
        file.known(List.of(cells.get("vaccin")), Vaccines.codes());
        Optional<String> lot = Optional.ofNullable(cells.remove("lot"));
        return new DoseColumn(heading, cells, lot);
    }

    SheetForm form(Charset charset) {
        List<String> columns = new ArrayList<>(PERSON);
        Map<String, String> all = new HashMap<>(headings);
        for (DoseColumn dose : doses) {
            columns.add(dose.day());
            all.put(dose.day(), dose.heading());
            dose.lot().ifPresent(lot -> {
                columns.add(dose.lotColumn());
                all.put(dose.lotColumn(), lot);
            });
        }
        return new SheetForm(columns, ExportSheet.PATIENTS.required(), all, values, charset);
    }
}
