package ml.keneya.load.clinic;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The spreadsheets of an export, and what may stand in them; docs/integration/tableurs.md says what each column means.
 */
enum ExportSheet {
    PATIENTS(
            "patients",
            List.of("numero", "nom", "sexe"),
            List.of("prenom", "naissance", "telephone", "nina", "localite", "commune", "deces"),
            Map.of(
                    "identifier", "numero",
                    "name", "nom",
                    "gender", "sexe",
                    "birthDate", "naissance",
                    "telecom", "telephone",
                    "address", "commune",
                    "deceased", "deces")),
    CONTACTS(
            "contacts",
            List.of("numero", "patient", "date"),
            List.of("heure", "type", "mode", "motif", "site_expert"),
            Map.of(
                    "identifier", "numero",
                    "subject", "patient",
                    "period", "date",
                    "class", "mode",
                    "type", "type",
                    "reasonCode", "motif",
                    "extension", "site_expert")),
    DIAGNOSES(
            "diagnostics",
            List.of("patient"),
            List.of("contact", "date", "debut", "maladie", "cim10", "libelle", "classement"),
            Map.of(
                    "subject", "patient",
                    "encounter", "contact",
                    "recordedDate", "date",
                    "onset", "debut",
                    "code", "maladie",
                    "extension", "classement",
                    "verificationStatus", "classement")),
    DOSES(
            "vaccinations",
            List.of("patient", "date", "vaccin"),
            List.of("dose", "lot", "peremption", "origine", "contact"),
            Map.of(
                    "patient", "patient",
                    "encounter", "contact",
                    "occurrence", "date",
                    "vaccineCode", "vaccin",
                    "protocolApplied", "dose",
                    "lotNumber", "lot",
                    "expirationDate", "peremption",
                    "primarySource", "origine")),
    MEASURES(
            "mesures",
            List.of("patient", "date", "mesure", "valeur"),
            List.of("contact"),
            Map.of(
                    "subject", "patient",
                    "encounter", "contact",
                    "effective", "date",
                    "code", "mesure",
                    "value", "valeur"));

    private final String title;
    private final List<String> required;
    private final List<String> optional;
    private final Map<String, String> columnsByElement;

    /** @param columnsByElement which column to look at when the exchange speaks of an element of the record */
    ExportSheet(String title, List<String> required, List<String> optional, Map<String, String> columnsByElement) {
        this.title = title;
        this.required = required;
        this.optional = optional;
        this.columnsByElement = columnsByElement;
    }

    String title() {
        return title;
    }

    List<String> required() {
        return required;
    }

    List<String> columns() {
        return Stream.concat(required.stream(), optional.stream()).toList();
    }

    /** The column that fills an element, or empty. */
    String columnOf(String element) {
        return columnsByElement.entrySet().stream()
                .filter(known -> element.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
