package ml.keneya.load.clinic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import ml.keneya.load.exchange.Json;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Slug;
import ml.keneya.load.generate.mali.Territory;
import ml.keneya.load.sheets.CommuneAddress;
import ml.keneya.load.sheets.Days;
import ml.keneya.load.sheets.Faults;
import ml.keneya.load.sheets.SheetLine;

/** Makes a record of a line, by Mali's profiles; what it points to is added by the bundle. */
final class RecordMaker {
    private static final String OURS = "https://keneya.ml/fhir/";
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";
    private static final Pattern HOUR = Pattern.compile("([01]?\\d|2[0-3])[:hH]([0-5]\\d).*");
    private static final Map<String, Measure> MEASURES = Map.of(
            "poids", new Measure("29463-7", "Poids", "kg", "kg", "0.3", "250"),
            "taille", new Measure("8302-2", "Taille", "cm", "cm", "20", "250"),
            "pb", new Measure("56072-2", "Périmètre brachial (PB)", "mm", "mm", "40", "500"),
            "temperature", new Measure("8310-5", "Température", "°C", "Cel", "25", "45"));

    private final String site;
    private final Days days;
    private final Faults faults;
    private final Map<String, Optional<Commune>> communes = new HashMap<>();
    private final List<Commune> everywhere = Territory.everywhere().communes();

    /** @param least and {@code most}: what lies outside is a typing error or another unit */
    private record Measure(String loinc, String words, String unit, String ucum, String least, String most) {}

    RecordMaker(String site, Days days, Faults faults) {
        this.site = site;
        this.days = days;
        this.faults = faults;
    }

    ObjectNode patient(SheetLine line) {
        ObjectNode patient = record("Patient");
        ObjectNode number = patient.putArray("identifier").addObject().put("use", "usual");
        concept(number.putObject("type"), HL7 + "v2-0203", "MR", "Numéro de dossier");
        number.put("system", "https://keneya.ml/id/site/" + site + "/record").put("value", line.text("numero"));
        if (line.has("nina")) {
            patient.withArray("identifier")
                    .addObject()
                    .put("use", "official")
                    .put("system", "https://keneya.ml/id/nina")
                    .put("value", line.text("nina").replace(" ", ""));
        }
        patient.put("active", true);
        ObjectNode name = patient.putArray("name").addObject().put("use", "official");
        name.put("family", line.text("nom"));
        if (line.has("prenom")) {
            name.putArray("given").add(line.text("prenom"));
        }
        if (line.has("telephone")) {
            patient.putArray("telecom")
                    .addObject()
                    .put("system", "phone")
                    .put("value", line.text("telephone"))
                    .put("use", "mobile");
        }
        Choice.sex(line, faults).ifPresent(sex -> patient.put("gender", sex));
        days.partial(line, "naissance").ifPresent(birth -> {
            patient.put("birthDate", birth);
            patient.putObject("_birthDate")
                    .putArray("extension")
                    .addObject()
                    .put("url", OURS + "StructureDefinition/ml-ext-birth-date-precision")
                    .put("valueCode", birth.length() == 4 ? "year" : birth.length() == 7 ? "month" : "day");
        });
        days.partial(line, "deces").ifPresent(death -> patient.put("deceasedDateTime", death));
        address(patient, line);
        patient.putObject("managingOrganization").put("reference", "Organization/" + site);
        return patient;
    }

    private void address(ObjectNode patient, SheetLine line) {
        if (!line.has("localite") && !line.has("commune")) {
            return;
        }
        ObjectNode address = patient.putArray("address").addObject().put("use", "home");
        if (line.has("localite")) {
            address.put("city", line.text("localite"));
        }
        if (line.has("commune")) {
            commune(line).ifPresent(commune -> {
                CommuneAddress.write(address, commune);
                if (!line.has("localite")) {
                    address.put("city", commune.name());
                }
            });
        }
        address.put("country", "ML");
    }

    private Optional<Commune> commune(SheetLine line) {
        Optional<Commune> found =
                communes.computeIfAbsent(line.text("commune"), named -> CommuneAddress.commune(everywhere, named));
        if (found.isEmpty()) {
            faults.at(line, "commune", "commune");
        }
        return found;
    }

    ObjectNode contact(SheetLine line) {
        ObjectNode encounter = record("Encounter").put("status", "finished");
        String mode = Choice.mode(line, faults).orElse("AMB");
        encounter.putObject("class").put("system", HL7 + "v3-ActCode").put("code", mode);
        if (line.has("type")) {
            ObjectNode type = encounter.putArray("type").addObject();
            concept(type, OURS + "CodeSystem/ml-contact-type", Choice.type(line).orElse(""), line.text("type"));
        }
        days.day(line, "date").ifPresent(day -> encounter.putObject("period").put("start", moment(line, day)));
        if (line.has("motif")) {
            encounter.putArray("reasonCode").addObject().put("text", line.text("motif"));
        }
        if (line.has("site_expert")) {
            extension(encounter, "requesting-site")
                    .putObject("valueReference")
                    .put("reference", "Organization/" + site);
            extension(encounter, "answering-site")
                    .putObject("valueReference")
                    .put("reference", "Organization/" + line.text("site_expert"));
        }
        encounter.putArray("location").addObject().putObject("location").put("reference", "Location/" + site);
        encounter.putObject("serviceProvider").put("reference", "Organization/" + site);
        return encounter;
    }

    // Mali keeps UTC all year.
    private String moment(SheetLine line, String day) {
        if (!line.has("heure")) {
            return day;
        }
        var hour = HOUR.matcher(line.text("heure"));
        if (!hour.matches()) {
            faults.at(line, "heure", "hour");
            return day;
        }
        return String.format("%sT%02d:%s:00+00:00", day, Integer.parseInt(hour.group(1)), hour.group(2));
    }

    ObjectNode diagnosis(SheetLine line, PersonLines person) {
        ObjectNode condition = record("Condition");
        if (line.text("maladie").equalsIgnoreCase("hiv")
                || Icd10.isHiv(line.text("cim10"))
                || Icd10.speaksOfHiv(line.text("libelle"))) {
            // Whoever keeps a spreadsheet does not think of labels, and without one everybody would read it.
            condition
                    .putObject("meta")
                    .putArray("security")
                    .addObject()
                    .put("system", HL7 + "v3-ActCode")
                    .put("code", "HIV");
        }
        String classification = Choice.classification(line, faults).orElse("");
        if (!classification.isEmpty()) {
            concept(
                    extension(condition, "case-classification").putObject("valueCodeableConcept"),
                    OURS + "CodeSystem/ml-case-classification",
                    classification,
                    "");
        }
        concept(condition.putObject("clinicalStatus"), HL7 + "condition-clinical", "active", "");
        String certainty = switch (classification) {
            case "suspected", "probable" -> "provisional";
            case "discarded" -> "refuted";
            default -> "confirmed";
        };
        concept(condition.putObject("verificationStatus"), HL7 + "condition-ver-status", certainty, "");
        concept(condition.putArray("category").addObject(), HL7 + "condition-category", "encounter-diagnosis", "");
        code(condition, line);
        days.day(line, "debut").ifPresent(onset -> condition.put("onsetDateTime", onset));
        recorded(line, person).ifPresent(day -> condition.put("recordedDate", day));
        return condition;
    }

    private void code(ObjectNode condition, SheetLine line) {
        if (!line.has("maladie") && !line.has("cim10") && !line.has("libelle")) {
            faults.at(line, "maladie", "no-code");
            return;
        }
        ObjectNode code = condition.putObject("code");
        if (line.has("cim10")) {
            code.withArray("coding")
                    .addObject()
                    .put("system", "http://hl7.org/fhir/sid/icd-10")
                    .put("code", Icd10.code(line.text("cim10")));
        }
        if (line.has("maladie")) {
            code.withArray("coding")
                    .addObject()
                    .put("system", OURS + "CodeSystem/ml-notifiable-disease")
                    .put("code", line.text("maladie").toLowerCase(Locale.ROOT));
        }
        if (line.has("libelle")) {
            code.put("text", line.text("libelle"));
        }
    }

    private Optional<String> recorded(SheetLine line, PersonLines person) {
        if (line.has("date")) {
            return days.day(line, "date");
        }
        return person.of(ExportSheet.CONTACTS).stream()
                .filter(contact -> line.has("contact") && contact.text("numero").equals(line.text("contact")))
                .findFirst()
                .flatMap(contact -> days.day(contact, "date"));
    }

    ObjectNode dose(SheetLine line) {
        ObjectNode dose = record("Immunization").put("status", "completed");
        ObjectNode vaccine = dose.putObject("vaccineCode");
        String code = Vaccines.code(line.text("vaccin"));
        if (line.has("vaccin") && !Vaccines.codes().contains(code)) {
            // The exchange would keep an unknown code with a mere warning, and nobody would count the dose.
            faults.at(line, "vaccin", "choice", String.join(", ", Vaccines.codes()));
        }
        concept(vaccine, OURS + "CodeSystem/ml-vaccine", code, "");
        days.day(line, "date").ifPresent(day -> dose.put("occurrenceDateTime", day));
        String source = Choice.source(line, faults).orElse("site");
        boolean here = source.equals("site");
        dose.put("primarySource", here);
        if (here) {
            dose.putObject("location").put("reference", "Location/" + site);
            dose.putArray("performer").addObject().putObject("actor").put("reference", "Organization/" + site);
        } else {
            concept(dose.putObject("reportOrigin"), HL7 + "immunization-origin", source, "");
        }
        if (line.has("lot")) {
            dose.put("lotNumber", line.text("lot"));
        }
        days.later(line, "peremption").ifPresent(day -> dose.put("expirationDate", day));
        if (line.has("dose")) {
            rank(dose.putArray("protocolApplied").addObject(), line);
        }
        return dose;
    }

    // FHIR counts doses from 1: the birth dose of polio vaccine is written as text.
    private void rank(ObjectNode protocol, SheetLine line) {
        String rank = line.text("dose");
        if (!rank.matches("\\d{1,2}")) {
            faults.at(line, "dose", "rank");
        } else if (Integer.parseInt(rank) == 0) {
            protocol.put("doseNumberString", "0");
        } else {
            protocol.put("doseNumberPositiveInt", Integer.parseInt(rank));
        }
    }

    ObjectNode measure(SheetLine line) {
        ObjectNode observation = record("Observation").put("status", "final");
        Measure measure = MEASURES.get(Slug.of(line.text("mesure")));
        if (measure == null) {
            if (line.has("mesure")) {
                String known =
                        String.join(", ", MEASURES.keySet().stream().sorted().toList());
                faults.at(line, "mesure", "choice", known);
            }
            return observation;
        }
        concept(observation.putArray("category").addObject(), HL7 + "observation-category", "vital-signs", "");
        concept(observation.putObject("code"), "http://loinc.org", measure.loinc(), measure.words());
        days.day(line, "date").ifPresent(day -> observation.put("effectiveDateTime", day));
        observation.putArray("performer").addObject().put("reference", "Organization/" + site);
        number(line, measure)
                .ifPresent(value -> observation
                        .putObject("valueQuantity")
                        .put("value", value)
                        .put("unit", measure.unit())
                        .put("system", "http://unitsofmeasure.org")
                        .put("code", measure.ucum()));
        return observation;
    }

    private Optional<BigDecimal> number(SheetLine line, Measure measure) {
        if (!line.has("valeur")) {
            return Optional.empty();
        }
        String text = line.text("valeur").replace(',', '.');
        if (!text.matches("\\d{1,4}(\\.\\d{1,3})?")) {
            faults.at(line, "valeur", "number");
            return Optional.empty();
        }
        var value = new BigDecimal(text);
        if (value.compareTo(new BigDecimal(measure.least())) < 0
                || value.compareTo(new BigDecimal(measure.most())) > 0) {
            faults.at(line, "valeur", "range", measure.least(), measure.most(), measure.unit());
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static ObjectNode record(String type) {
        return Json.object().put("resourceType", type);
    }

    private static ObjectNode extension(ObjectNode record, String name) {
        return record.withArray("extension").addObject().put("url", OURS + "StructureDefinition/ml-ext-" + name);
    }

    private static void concept(ObjectNode concept, String system, String code, String words) {
        if (!code.isEmpty()) {
            concept.putArray("coding").addObject().put("system", system).put("code", code);
        }
        if (!words.isEmpty()) {
            concept.put("text", words);
        }
    }
}
