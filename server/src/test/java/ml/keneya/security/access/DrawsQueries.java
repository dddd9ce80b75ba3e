package ml.keneya.security.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Draws queries of every kind that aim at somebody's records. From the same seed come the same ones. */
final class DrawsQueries {

    private static final List<String> TYPES = List.of("Patient", "Observation", "Encounter");

    private final Random random;
    private final SomebodysRecords aim;
    private final SomebodysRecords own;
    private final String shared;

    /**
     * @param aim whose records the queries are after
     * @param own the records of who asks
     * @param shared the id of a person whom both sites treat
     */
    DrawsQueries(long seed, SomebodysRecords aim, SomebodysRecords own, String shared) {
        this.random = new Random(seed);
        this.aim = aim;
        this.own = own;
        this.shared = shared;
    }

    AskedOfTheExchange draw() {
        List<Supplier<AskedOfTheExchange>> kinds = List.of(
                this::reading,
                this::searching,
                this::searching,
                this::searching,
                this::searching,
                this::searchingInAForm,
                this::everything,
                this::inACompartment,
                this::aPage,
                this::aBatch,
                this::patching,
                this::deleting,
                this::referring,
                this::conditionally,
                this::anOperation);
        return one(kinds).get();
    }

    private AskedOfTheExchange reading() {
        String type = one(List.of("Patient", "Observation", "Encounter", "Binary", "Provenance"));
        String record = type + "/" + (type.equals("Observation") && chance(3) ? aim.aboutShared() : aim.idOf(type));
        String path =
                record + one(List.of("", "/_history/1", "/_history/2", "/_history", "?_elements=id", "?_summary=true"));
        return new AskedOfTheExchange(chance(5) ? "HEAD" : "GET", path, "application/fhir+json", null);
    }

    private AskedOfTheExchange searching() {
        return AskedOfTheExchange.get(aSearch());
    }

    private AskedOfTheExchange searchingInAForm() {
        String[] parts = aSearch().split("\\?", 2);
        return new AskedOfTheExchange("POST", parts[0] + "/_search", "application/x-www-form-urlencoded", parts[1]);
    }

    private String aSearch() {
        String type = one(TYPES);
        List<String> all = new ArrayList<>();
        int many = 1 + random.nextInt(3);
        for (int each = 0; each < many; each++) {
            all.add(aParameter(type));
        }
        if (chance(2)) {
            all.add(one(List.of("_total=accurate", "_summary=count", "_count=1", "_count=500", "_count=0")));
        }
        if (chance(3)) {
            all.add("_sort=" + one(List.of("_id", "-_lastUpdated", "_lastUpdated", "date", "-date", "patient.name")));
        }
        if (chance(3)) {
            all.add(anInclusion());
        }
        // With Java's assertions on, as in a build, HAPI dies of a parameter that stands there twice.
        return type + "?" + String.join("&", new LinkedHashSet<>(all));
    }

    private String aParameter(String type) {
        String person = one(List.of(aim.patient(), shared, own.patient()));
        List<String> any = List.of(
                "_id=" + aim.idOf(type),
                "_id=" + aim.aboutShared() + "," + aim.idOf(type),
                "_id:not=" + own.idOf(type),
                "_lastUpdated=gt2020-01-01",
                "_tag=x",
                "_source=x",
                "_security=https%3A%2F%2Fkeneya.ml%2Ffhir%2FCodeSystem%2Fml-owner%7C",
                "owner-facility:not=x",
                "_has:Observation:patient:_id=" + aim.aboutShared(),
                "_content=" + aim.words(),
                "_filter=id%20eq%20" + aim.idOf(type));
        List<String> own = type.equals("Patient")
                ? List.of(
                        "identifier=" + aim.number(),
                        "identifier=https%3A%2F%2Fkeneya.ml%2Fid%2Fnina%7C" + aim.nina(),
                        "name=" + aim.words(),
                        "family=" + aim.words(),
                        "address=" + aim.words(),
                        "gender=female",
                        "birthdate=ge2000",
                        "gender:missing=false",
                        "_has:Observation:patient:code=29463-7",
                        "_has:Encounter:patient:status=finished",
                        "link=Patient/" + aim.patient(),
                        "general-practitioner.name=" + aim.words())
                : List.of(
                        "patient=Patient/" + person,
                        "subject=Patient/" + person,
                        "patient=" + person,
                        "identifier=" + aim.words(),
                        "patient.identifier=" + aim.number(),
                        "patient.name=" + aim.words(),
                        "subject:Patient.family=" + aim.words(),
                        "patient.organization.name=" + aim.words(),
                        "patient:identifier=" + aim.number(),
                        type.equals("Observation") ? "encounter=Encounter/" + aim.encounter() : "status=finished",
                        type.equals("Observation") ? "encounter.identifier=" + aim.words() : "class=AMB",
                        type.equals("Observation") ? "code=29463-7" : "date=ge2020",
                        type.equals("Observation") ? "value-quantity=gt1" : "subject.birthdate=ge2000");
        return chance(3) ? one(any) : one(own);
    }

    private String anInclusion() {
        return one(List.of(
                "_include=Observation:patient",
                "_include=Observation:subject",
                "_include=Observation:encounter",
                "_include:iterate=Encounter:patient",
                "_include=*",
                "_revinclude=Observation:patient",
                "_revinclude=Observation:encounter",
                "_revinclude=Encounter:patient",
                "_revinclude:iterate=Observation:subject",
                "_revinclude=Provenance:target",
                "_revinclude=*"));
    }

    private AskedOfTheExchange everything() {
        String person = one(List.of(aim.patient(), shared, own.patient()));
        return AskedOfTheExchange.get("Patient/" + person + "/$everything"
                + one(List.of("", "?_count=1", "?_count=500", "?_since=2020-01-01", "?_type=Observation")));
    }

    private AskedOfTheExchange inACompartment() {
        String person = one(List.of(aim.patient(), shared));
        return AskedOfTheExchange.get("Patient/" + person + "/"
                + one(List.of(
                        "Observation", "Encounter", "*", "Observation?_total=accurate", "Observation?code=29463-7")));
    }

    private AskedOfTheExchange aPage() {
        String page = aim.page();
        return AskedOfTheExchange.get(
                switch (random.nextInt(4)) {
                    case 0 -> page.replaceFirst("&_for=[^&]*", "");
                    case 1 -> page.replaceFirst("^[A-Za-z]+\\?", "?");
                    case 2 -> page.replaceFirst("_getpagesoffset=1", "_getpagesoffset=0");
                    default -> page;
                });
    }

    private AskedOfTheExchange aBatch() {
        String kind = one(List.of("batch", "transaction"));
        List<String> entries = new ArrayList<>();
        int many = 1 + random.nextInt(3);
        for (int each = 0; each < many; each++) {
            String url = chance(2)
                    ? aSearch()
                    : one(TYPES.stream()
                                    .map(type -> type + "/" + aim.idOf(type))
                                    .toList())
                            + one(List.of("", "/_history/1", "/_history", "/$everything"));
            entries.add("{\"request\":{\"method\":\"GET\",\"url\":\"" + url + "\"}}");
        }
        return AskedOfTheExchange.posting("", bundle(kind, entries));
    }

    private AskedOfTheExchange patching() {
        String type = one(TYPES);
        boolean conditional = type.equals("Patient") && chance(3);
        String path = conditional ? "Patient?identifier=" + aim.number() : type + "/" + aim.idOf(type);
        return new AskedOfTheExchange(
                "PATCH",
                path,
                "application/json-patch+json",
                one(List.of(
                        "[{\"op\":\"test\",\"path\":\"/id\",\"value\":\"x\"}]",
                        "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"fr\"}]",
                        "[{\"op\":\"remove\",\"path\":\"/nothing\"}]")));
    }

    private AskedOfTheExchange deleting() {
        String type = one(List.of("Observation", "Encounter", "Binary"));
        return new AskedOfTheExchange(
                "DELETE",
                chance(3) ? type + "?_id=" + aim.idOf(type) : type + "/" + aim.idOf(type),
                "application/fhir+json",
                null);
    }

    /** A record of one's own that points to somebody else's: by id, or by a condition. */
    private AskedOfTheExchange referring() {
        String reference = one(List.of(
                "Patient/" + aim.patient(),
                "Patient?identifier=" + aim.number(),
                "Patient?_id=" + aim.patient(),
                "Patient?family=" + aim.words(),
                "Patient/" + aim.patient() + "/_history/1"));
        String weight = weight(reference, chance(2) ? aim.encounter() : null);
        if (chance(2) && !reference.contains("?")) {
            return AskedOfTheExchange.posting("Observation", weight);
        }
        return AskedOfTheExchange.posting(
                "",
                bundle(
                        one(List.of("transaction", "batch")),
                        List.of("{\"resource\":" + weight
                                + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\"}}")));
    }

    /** Writes that look for a record first and leave nothing behind when there is none that one may see. */
    private AskedOfTheExchange conditionally() {
        String entry = switch (random.nextInt(4)) {
            case 0 -> "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation?_id=" + aim.observation() + "\"}}";
            case 1 -> "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation/" + aim.observation() + "\"}}";
            case 2 ->
                "{\"resource\":" + weight("Patient/" + aim.patient(), null)
                        + ",\"request\":{\"method\":\"POST\",\"url\":\"Observation\",\"ifNoneExist\":\"_id="
                        + aim.observation() + "\"}}";
            default ->
                "{\"resource\":" + weight("Patient/" + aim.patient(), null)
                        + ",\"request\":{\"method\":\"PUT\",\"url\":\"Observation?identifier=" + aim.words() + "\"}}";
        };
        return AskedOfTheExchange.posting("", bundle(one(List.of("transaction", "batch")), List.of(entry)));
    }

    private AskedOfTheExchange anOperation() {
        return AskedOfTheExchange.get(one(List.of(
                "$export",
                "Patient/$export?_type=Observation",
                "$export-poll-status?_jobId=" + aim.patient(),
                "$export-file?id=" + aim.patient(),
                "_history",
                "Observation/_history",
                "Observation/" + aim.observation() + "/$meta",
                "Patient/" + aim.patient() + "/$validate",
                "Patient/" + aim.patient() + "/$summary",
                "Patient/" + shared + "/$summary",
                "Patient/$summary?identifier=https%3A%2F%2Fkeneya.ml%2Fid%2Fnina%7C" + aim.nina(),
                "ViewDefinition/$status",
                "ViewDefinition/patient/$viewdefinition-run?patient=Patient/" + aim.patient(),
                "Measure/$line-list?disease=measles",
                "$delivery-status?id=" + aim.patient(),
                "$quarantine-content?id=" + aim.patient(),
                "Provenance?target=Observation/" + aim.observation(),
                "Provenance?target=Patient/" + aim.patient(),
                "AuditEvent?patient=" + aim.patient(),
                "Flag?patient=Patient/" + aim.patient(),
                "Task?patient=Patient/" + aim.patient(),
                "?_type=Observation,Encounter&_id=" + aim.observation())));
    }

    private static String weight(String subject, String encounter) {
        return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
                + "\"http://loinc.org\",\"code\":\"29463-7\"}]},\"subject\":{\"reference\":\"" + subject + "\"},"
                + (encounter == null ? "" : "\"encounter\":{\"reference\":\"Encounter/" + encounter + "\"},")
                + "\"effectiveDateTime\":\"2026-11-10T09:00:00Z\",\"valueQuantity\":{\"value\":9,\"unit\":\"kg\","
                + "\"system\":\"http://unitsofmeasure.org\",\"code\":\"kg\"}}";
    }

    private static String bundle(String type, List<String> entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + String.join(",", entries) + "]}";
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** Once in so many times. */
    private boolean chance(int times) {
        return random.nextInt(times) == 0;
    }
}
