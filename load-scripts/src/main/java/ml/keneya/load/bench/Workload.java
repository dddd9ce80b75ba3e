package ml.keneya.load.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import ml.keneya.load.exchange.Json;

/**
 * The bundles that benchmarks post. Number {@code i} has the same bytes on every machine and for every server: one
 * transaction of a Patient (conditional create), an Encounter, two Immunizations, two Observations and a Condition,
 * valid against Mali's profiles without a warning, and plain R4 for any other server.
 */
final class Workload {
    static final int RESOURCES_PER_BUNDLE = 7;
    static final List<String> TYPES = List.of("Patient", "Encounter", "Immunization", "Observation", "Condition");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'");

    private Workload() {}

    /** The sites that the bundles name: an Organization and a Location each, put under ids of our own. */
    static byte[] facilities() {
        ArrayNode entries = Json.array();
        for (int number = 0; number < Facility.COUNT; number++) {
            Facility facility = Facility.number(number);
            entries.add(put(organization(facility)));
            entries.add(put(location(facility)));
        }
        return transaction("bench-facilities", entries);
    }

    static byte[] bundle(int index) {
        ArrayNode entries = Json.array();
        new Records(Visit.number(index)).all().forEach(entries::add);
        return transaction("bench-" + index, entries);
    }

    /** The resources of one bundle by themselves, with references that lead nowhere, for {@code $validate}. */
    static List<ObjectNode> resources(int index) {
        return new Records(Visit.number(index))
                .all().stream()
                        .map(entry -> (ObjectNode) entry.path("resource"))
                        .toList();
    }

    private static byte[] transaction(String submission, ArrayNode entries) {
        ObjectNode bundle = Json.object().put("resourceType", "Bundle");
        bundle.putObject("identifier")
                .put("system", "https://keneya.ml/id/submission")
                .put("value", submission);
        bundle.put("type", "transaction").set("entry", entries);
        return bundle.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode put(ObjectNode resource) {
        String url = resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
        ObjectNode entry = Json.object();
        entry.set("resource", resource);
        entry.putObject("request").put("method", "PUT").put("url", url);
        return entry;
    }

    private static ObjectNode organization(Facility facility) {
        return resource("""
                {"resourceType":"Organization","id":"%1$s",
                 "identifier":[{"system":"https://keneya.ml/id/facility","value":"%1$s"}],"active":true,
                 "type":[{"coding":[{"system":"https://keneya.ml/fhir/CodeSystem/ml-facility-type","code":"%2$s"}]}],
                 "name":"%3$s"}""", facility.code(), facility.kind(), facility.name());
    }

    private static ObjectNode location(Facility facility) {
        return resource(
                """
                {"resourceType":"Location","id":"%1$s",
                 "identifier":[{"system":"https://keneya.ml/id/facility","value":"%1$s"}],"status":"active",
                 "name":"%2$s","mode":"instance",
                 "position":{"longitude":%3$s,"latitude":%4$s},
                 "managingOrganization":{"reference":"Organization/%1$s"}}""",
                facility.code(),
                facility.name(),
                facility.region().longitude(),
                facility.region().latitude());
    }

    /** Reads a template with its values; none of ours holds a character that JSON would have to escape. */
    private static ObjectNode resource(String template, Object... values) {
        try {
            byte[] text = String.format(template, values).getBytes(StandardCharsets.UTF_8);
            return (ObjectNode) Json.read(new ByteArrayInputStream(text));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** The entries of one visit. */
    private static final class Records {
        private final Visit visit;
        private final Draws draws;
        private final UUID patient;
        private final UUID encounter;
        private final UUID condition;
        private final List<ObjectNode> entries = new ArrayList<>();

        Records(Visit visit) {
            this.visit = visit;
            this.draws = Visit.draws(-1 - visit.index());
            this.patient = draws.uuid();
            this.encounter = draws.uuid();
            this.condition = draws.uuid();
        }

        List<ObjectNode> all() {
            post(patient, person()).put("ifNoneExist", "identifier=" + visit.patientSystem() + "|" + visit.number());
            post(encounter, contact());
            post(draws.uuid(), dose(0));
            post(draws.uuid(), dose(1));
            post(draws.uuid(), measure(0, "29463-7", "Poids", 30 + draws.below(700), "kg", "kg"));
            post(draws.uuid(), measure(1, "8310-5", "Température", 360 + draws.below(45), "°C", "Cel"));
            post(condition, diagnosis());
            return entries;
        }

        private ObjectNode post(UUID id, ObjectNode resource) {
            ObjectNode entry = Json.object().put("fullUrl", "urn:uuid:" + id);
            entry.set("resource", resource);
            entries.add(entry);
            return entry.putObject("request")
                    .put("method", "POST")
                    .put("url", resource.path("resourceType").asText());
        }

        private ObjectNode person() {
            return resource(
                    """
                    {"resourceType":"Patient","identifier":[{"use":"usual",
                      "type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},
                      "system":"%1$s","value":"%2$s"}],"active":true,
                     "name":[{"use":"official","family":"%3$s","given":["%4$s"]}],
                     "telecom":[{"system":"phone","value":"+223%5$d","use":"mobile"}],
                     "gender":"%6$s","birthDate":"%7$s",
                     "address":[{"extension":[{"url":"https://keneya.ml/fhir/StructureDefinition/ml-ext-region",
                       "valueCoding":{"system":"https://keneya.ml/fhir/CodeSystem/ml-administrative-division-2023",
                         "code":"%8$s","display":"%9$s"}}],"use":"home","state":"%9$s","country":"ML"}],
                     "managingOrganization":{"reference":"Organization/%10$s"}}""",
                    visit.patientSystem(),
                    visit.number(),
                    visit.family(),
                    visit.given(),
                    60_000_000 + draws.below(40_000_000),
                    visit.female() ? "female" : "male",
                    visit.born(),
                    visit.facility().region().code(),
                    visit.facility().region().name(),
                    visit.facility().code());
        }

        private ObjectNode contact() {
            return resource(
                    """
                    {"resourceType":"Encounter","identifier":[{"system":"%1$s","value":"%2$s"}],"status":"finished",
                     "class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},
                     "subject":{"reference":"urn:uuid:%3$s"},
                     "period":{"start":"%4$s","end":"%5$s"},
                     "diagnosis":[{"condition":{"reference":"urn:uuid:%6$s"},"rank":1}],
                     "location":[{"location":{"reference":"Location/%7$s"}}],
                     "serviceProvider":{"reference":"Organization/%7$s"}}""",
                    visit.visitSystem(),
                    visit.number(),
                    patient,
                    minutesAfterStart(0),
                    minutesAfterStart(20 + draws.below(60)),
                    condition,
                    visit.facility().code());
        }

        private ObjectNode dose(int rank) {
            Visit.Vaccine vaccine = visit.vaccines().get(rank);
            return resource(
                    """
                    {"resourceType":"Immunization","identifier":[{"system":"%1$s/dose","value":"%2$s-%3$d"}],
                     "status":"completed","vaccineCode":{"coding":[
                       {"system":"https://keneya.ml/fhir/CodeSystem/ml-vaccine","code":"%4$s"},
                       {"system":"http://hl7.org/fhir/sid/cvx","code":"%5$s"}],"text":"%6$s"},
                     "patient":{"reference":"urn:uuid:%7$s"},"encounter":{"reference":"urn:uuid:%8$s"},
                     "occurrenceDateTime":"%9$s","primarySource":true,
                     "location":{"reference":"Location/%10$s"},"lotNumber":"L%11$05d",
                     "performer":[{"actor":{"reference":"Organization/%10$s"}}],
                     "protocolApplied":[{"doseNumberPositiveInt":%12$d}]}""",
                    visit.visitSystem(),
                    visit.number(),
                    rank,
                    vaccine.code(),
                    vaccine.cvx(),
                    vaccine.name(),
                    patient,
                    encounter,
                    minutesAfterStart(5 + rank),
                    visit.facility().code(),
                    draws.below(100_000),
                    1 + draws.below(vaccine.doses()));
        }

        private ObjectNode measure(int rank, String code, String name, int tenths, String unit, String ucum) {
            return resource(
                    """
                    {"resourceType":"Observation","identifier":[{"system":"%1$s/measure","value":"%2$s-%3$d"}],
                     "status":"final","category":[{"coding":[
                       {"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],
                     "code":{"coding":[{"system":"http://loinc.org","code":"%4$s"}],"text":"%5$s"},
                     "subject":{"reference":"urn:uuid:%6$s"},"encounter":{"reference":"urn:uuid:%7$s"},
                     "effectiveDateTime":"%8$s","performer":[{"reference":"Organization/%9$s"}],
                     "valueQuantity":{"value":%10$d.%11$d,"unit":"%12$s",
                       "system":"http://unitsofmeasure.org","code":"%13$s"}}""",
                    visit.visitSystem(),
                    visit.number(),
                    rank,
                    code,
                    name,
                    patient,
                    encounter,
                    minutesAfterStart(2),
                    visit.facility().code(),
                    tenths / 10,
                    tenths % 10,
                    unit,
                    ucum);
        }

        private ObjectNode diagnosis() {
            return resource(
                    """
                    {"resourceType":"Condition","identifier":[{"system":"%1$s/diagnosis","value":"%2$s"}],
                     "clinicalStatus":{"coding":[
                       {"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
                     "verificationStatus":{"coding":[
                       {"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},
                     "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category",
                       "code":"encounter-diagnosis"}]}],
                     "code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"%3$s"}],"text":"%4$s"},
                     "subject":{"reference":"urn:uuid:%5$s"},"encounter":{"reference":"urn:uuid:%6$s"},
                     "onsetDateTime":"%7$s","recordedDate":"%7$s"}""",
                    visit.visitSystem(),
                    visit.number(),
                    visit.diagnosis().code(),
                    visit.diagnosis().name(),
                    patient,
                    encounter,
                    visit.start().toLocalDate());
        }

        private String minutesAfterStart(int minutes) {
            return TIME.format(visit.start().plusMinutes(minutes));
        }
    }
}
