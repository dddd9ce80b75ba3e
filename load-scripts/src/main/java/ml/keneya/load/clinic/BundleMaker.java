package ml.keneya.load.clinic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.sheets.Days;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetLine;

/**
 * Puts the lines about a person into a transaction bundle. Each record has a number made of its line, so that an export
 * that is sent again, with more lines in it, with corrected ones or as it was before, doubles nothing: the person is
 * created only when she is unknown, because other sites may know more about her; her other records are brought up to
 * date.
 */
final class BundleMaker {
    private static final String IDS = "https://keneya.ml/id/";
    /** Signs that mean something in a search (FHIR R4, search, "Escaping Search Parameters"). */
    private static final Pattern RESERVED = Pattern.compile("[\\\\,|$]");

    private final String site;
    private final Faults faults;
    private final RecordMaker records;

    BundleMaker(String site, Days days, Faults faults) {
        this.site = site;
        this.faults = faults;
        this.records = new RecordMaker(site, days, faults);
    }

    /** Nothing where one of the lines is at fault: a person is sent whole or not at all. */
    Optional<PersonBundle> make(PersonLines person) {
        var entries = new Entries(person);
        entries.patient();
        entries.contacts();
        for (SheetLine line : person.of(ExportSheet.DOSES)) {
            entries.add(ExportSheet.DOSES, line, "immunization", RecordNumbers.dose(line), records.dose(line));
        }
        for (SheetLine line : person.of(ExportSheet.MEASURES)) {
            entries.add(ExportSheet.MEASURES, line, "observation", RecordNumbers.measure(line), records.measure(line));
        }
        boolean faulty = faults.has(person.patient())
                || person.sheets().values().stream().flatMap(List::stream).anyMatch(faults::has);
        return faulty ? Optional.empty() : Optional.of(entries.bundle());
    }

    /** The entries of one bundle. */
    private final class Entries {
        private final PersonLines person;
        private final ArrayNode list = Json.array();
        private final List<PersonBundle.Origin> origins = new ArrayList<>();
        private final Map<String, SheetLine> taken = new HashMap<>();
        private final Map<String, String> contacts = new HashMap<>();
        private final String patient;

        private Entries(PersonLines person) {
            this.person = person;
            this.patient = address("record", person.number());
        }

        private String address(String kind, String number) {
            String name = site + "/" + kind + "/" + number;
            return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        }

        private void patient() {
            usable(person.patient());
            ObjectNode request =
                    put(ExportSheet.PATIENTS, person.patient(), patient, records.patient(person.patient()));
            request.put("method", "POST").put("url", "Patient").put("ifNoneExist", search("record", person.number()));
        }

        private void usable(SheetLine line) {
            if (RESERVED.matcher(line.text("numero")).find()) {
                faults.at(line, "numero", "reserved");
            }
        }

        private void contacts() {
            for (SheetLine line : person.of(ExportSheet.CONTACTS)) {
                usable(line);
                contacts.put(line.text("numero"), address("encounter", line.text("numero")));
            }
            Map<String, ArrayNode> diagnoses = new HashMap<>();
            for (SheetLine line : person.of(ExportSheet.DIAGNOSES)) {
                String key = RecordNumbers.diagnosis(line);
                add(ExportSheet.DIAGNOSES, line, "condition", key, records.diagnosis(line, person));
                diagnoses
                        .computeIfAbsent(line.text("contact"), any -> Json.array())
                        .addObject()
                        .putObject("condition")
                        .put("reference", address("condition", person.number() + "/" + key));
            }
            for (SheetLine line : person.of(ExportSheet.CONTACTS)) {
                ObjectNode encounter = records.contact(line);
                encounter.putObject("subject").put("reference", patient);
                ArrayNode made = diagnoses.get(line.text("numero"));
                if (made != null) {
                    encounter.set("diagnosis", made);
                }
                number(ExportSheet.CONTACTS, line, "encounter", line.text("numero"), encounter);
            }
        }

        /** Adds a record of the person, numbered within hers. */
        private void add(ExportSheet sheet, SheetLine line, String kind, String key, ObjectNode record) {
            String about = sheet == ExportSheet.DOSES ? "patient" : "subject";
            record.putObject(about).put("reference", patient);
            if (line.has("contact")) {
                String contact = contacts.get(line.text("contact"));
                if (contact == null) {
                    faults.at(line, "contact", "no-contact");
                } else {
                    record.putObject("encounter").put("reference", contact);
                }
            }
            number(sheet, line, kind, person.number() + "/" + key, record);
        }

        private void number(ExportSheet sheet, SheetLine line, String kind, String number, ObjectNode record) {
            SheetLine known = taken.putIfAbsent(kind + " " + number, line);
            if (known != null) {
                faults.at(line, sheet.required().get(0), "same", known.number());
                return;
            }
            record.putArray("identifier")
                    .addObject()
                    .put("system", system(kind))
                    .put("value", number);
            put(sheet, line, address(kind, number), record)
                    .put("method", "PUT")
                    .put("url", record.path("resourceType").asText() + "?" + search(kind, number));
        }

        private ObjectNode put(ExportSheet sheet, SheetLine line, String address, ObjectNode record) {
            origins.add(new PersonBundle.Origin(sheet, line));
            ObjectNode entry = list.addObject().put("fullUrl", address);
            entry.set("resource", record);
            return entry.putObject("request");
        }

        private String system(String kind) {
            return IDS + "site/" + site + "/" + kind;
        }

        private String search(String kind, String number) {
            return "identifier=" + system(kind) + "|"
                    + URLEncoder.encode(number, StandardCharsets.UTF_8)
                            .replace("+", "%20")
                            .replace("%2F", "/");
        }

        // Without a name of its own: the sheets say how things are to stand, and an older state may be put back.
        private PersonBundle bundle() {
            ObjectNode bundle = Json.object().put("resourceType", "Bundle").put("type", "transaction");
            bundle.set("entry", list);
            return new PersonBundle(person.number(), bundle, origins);
        }
    }
}
