package ml.keneya.load.generate.fhir;

import ml.keneya.load.generate.care.Visit;
import ml.keneya.load.generate.care.Visit.Coding;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Telehealth;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.chance.RecordUuid;
import ml.keneya.load.generate.fhir.Sink.RecordName;
import org.jspecify.annotations.Nullable;

/** Writes a visit: the Encounter and what it left in the record. */
public final class VisitWriter {
    private final long key;
    private final MeasureWriter measures = new MeasureWriter();
    private final DoseWriter doses = new DoseWriter();

    public VisitWriter(long key) {
        this.key = key;
    }

    /**
     * A visit with what its records refer to.
     *
     * @param number of the visit among those of its patient
     */
    public record Context(Sink sink, Written written, Visit visit, int number, VisitFault fault) {
        String patient() {
            return sink.link(written.name());
        }

        String at(int minutes) {
            return FhirJson.moment(visit.day(), visit.minute() + minutes);
        }

        String place() {
            return "Location/" + visit.site().code();
        }

        String organization() {
            return "Organization/" + visit.site().code();
        }
    }

    public String encounterUuid(Written written, int number) {
        return RecordUuid.of(key, Chance.key(written.uuid()), 41, number);
    }

    public String entryUuid(Written written, int number, int entry) {
        return RecordUuid.of(key, Chance.key(written.uuid()), 42, number, entry);
    }

    public void write(Context context) {
        RecordName encounter = RecordName.of("Encounter", encounterUuid(context.written(), context.number()));
        encounter(context, encounter);
        String link = context.sink().link(encounter);
        boolean faultLeft = context.fault() != VisitFault.NONE;
        for (int index = 0; index < context.visit().entries().size(); index++) {
            Entry entry = context.visit().entries().get(index);
            String uuid = entryUuid(context.written(), context.number(), index);
            boolean faulty = faultLeft && suffers(entry, context.fault());
            faultLeft &= !faulty;
            if (entry instanceof Entry.Diagnosis diagnosis) {
                condition(context, RecordName.of("Condition", uuid), link, diagnosis, faulty);
            } else if (entry instanceof Entry.Dose dose) {
                doses.write(context, RecordName.of("Immunization", uuid), link, dose, faulty);
            } else if (entry instanceof Entry.Measure measure) {
                measures.write(context, RecordName.of("Observation", uuid), link, measure, faulty);
            } else if (entry instanceof Entry.Request request) {
                request(context, uuid, link, request);
            }
        }
    }

    /** Whether a fault can show in an entry; the first one that can does. */
    public static boolean suffers(Entry entry, VisitFault fault) {
        return switch (fault) {
            case UNKNOWN_DISEASE_CODE ->
                entry instanceof Entry.Diagnosis diagnosis
                        && !diagnosis.notifiable().isEmpty();
            case MISTYPED_ICD_10 ->
                entry instanceof Entry.Diagnosis diagnosis
                        && diagnosis.coding().icd10().contains(".");
            case UNDATED_RESULT -> entry instanceof Entry.Measure;
            case MISSING_LOT -> entry instanceof Entry.Dose dose && !dose.copied() && !dose.outOfStock();
            case NONE, UNDATED_ENCOUNTER -> false;
        };
    }

    private void encounter(Context context, RecordName name) {
        Visit visit = context.visit();
        FhirJson json = context.sink().begin(name);
        Telehealth telehealth = visit.telehealth();
        if (telehealth != null) {
            json.object("meta").array("profile");
            json.element(Systems.profile("telehealth-encounter")).end().end();
            json.array("extension");
            site(json, "requesting-site", visit.site().code(), visit.site().name());
            site(
                    json,
                    "answering-site",
                    telehealth.hub().code(),
                    telehealth.hub().name());
            json.extensionConcept("telehealth-modality", "telehealth-modality", telehealth.modality(), "");
            json.end();
        }
        json.text("status", "finished");
        json.coding("class", Systems.hl7("v3-ActCode"), visit.kind(), "");
        json.array("type").object().text("text", visit.type()).end().end();
        if (telehealth != null) {
            json.concept(
                    "serviceType",
                    Systems.codes("telehealth-speciality"),
                    telehealth.speciality(),
                    telehealth.specialityText());
        }
        json.reference("subject", context.patient());
        if (context.fault() != VisitFault.UNDATED_ENCOUNTER) {
            json.object("period")
                    .text("start", context.at(0))
                    .text("end", context.at(visit.minutes()))
                    .end();
        }
        json.array("reasonCode");
        json.concept(Systems.ICD_10, visit.reason().icd10(), visit.reason().text());
        json.end();
        diagnoses(context, json);
        if (visit.kind().equals("IMP")) {
            json.object("hospitalization");
            json.concept(
                    "dischargeDisposition",
                    Systems.hl7("discharge-disposition"),
                    visit.diedThere() ? "exp" : "home",
                    visit.diedThere() ? "Décédé" : "Retour à domicile");
            json.end();
        }
        json.array("location").object();
        json.reference("location", context.place(), visit.site().name());
        json.end().end();
        String provider =
                telehealth == null ? visit.site().code() : telehealth.hub().code();
        String providerName =
                telehealth == null ? visit.site().name() : telehealth.hub().name();
        json.reference("serviceProvider", "Organization/" + provider, providerName);
        context.sink().end();
    }

    private void diagnoses(Context context, FhirJson json) {
        boolean begun = false;
        int rank = 0;
        for (int index = 0; index < context.visit().entries().size(); index++) {
            if (!(context.visit().entries().get(index) instanceof Entry.Diagnosis)) {
                continue;
            }
            if (!begun) {
                json.array("diagnosis");
                begun = true;
            }
            rank++;
            RecordName name = RecordName.of("Condition", entryUuid(context.written(), context.number(), index));
            json.object()
                    .reference("condition", context.sink().link(name))
                    .whole("rank", rank)
                    .end();
        }
        if (begun) {
            json.end();
        }
    }

    private static void site(FhirJson json, String extension, String code, String name) {
        json.object().text("url", Systems.extension(extension));
        json.reference("valueReference", "Organization/" + code, name);
        json.end();
    }

    private static void condition(
            Context context, RecordName name, String encounter, Entry.Diagnosis diagnosis, boolean faulty) {
        FhirJson json = context.sink().begin(name);
        if (!diagnosis.classification().isEmpty()) {
            json.array("extension")
                    .extensionConcept("case-classification", "case-classification", diagnosis.classification(), "")
                    .end();
        }
        json.concept("clinicalStatus", Systems.hl7("condition-clinical"), "active", "");
        boolean certain = !diagnosis.classification().equals("suspected")
                && !diagnosis.classification().equals("probable");
        json.concept(
                "verificationStatus", Systems.hl7("condition-ver-status"), certain ? "confirmed" : "provisional", "");
        json.array("category");
        json.concept(Systems.hl7("condition-category"), "encounter-diagnosis", "");
        json.end();
        code(json, diagnosis, faulty ? context.fault() : VisitFault.NONE);
        json.reference("subject", context.patient());
        json.reference("encounter", encounter);
        json.date("onsetDateTime", diagnosis.onset());
        json.text("recordedDate", context.at(Math.min(20, context.visit().minutes())));
        context.sink().end();
    }

    private static void code(FhirJson json, Entry.Diagnosis diagnosis, VisitFault fault) {
        Coding coding = diagnosis.coding();
        String icd10 = fault == VisitFault.MISTYPED_ICD_10 ? coding.icd10().replace(".", ",") : coding.icd10();
        json.object("code").array("coding");
        json.object().text("system", Systems.ICD_10).text("code", icd10).end();
        if (!diagnosis.notifiable().isEmpty()) {
            String code =
                    fault == VisitFault.UNKNOWN_DISEASE_CODE ? diagnosis.notifiable() + "-1" : diagnosis.notifiable();
            json.object()
                    .text("system", Systems.codes("notifiable-disease"))
                    .text("code", code)
                    .end();
        }
        json.end().text("text", coding.text()).end();
    }

    private void request(Context context, String uuid, String encounter, Entry.Request request) {
        RecordName name = RecordName.of("ServiceRequest", uuid);
        FhirJson json = context.sink().begin(name);
        json.text("status", request.answer() == null ? "active" : "completed").text("intent", "order");
        json.text("priority", "routine");
        json.array("category").object().text("text", "Téléexpertise").end().end();
        json.words("code", request.question());
        json.reference("subject", context.patient());
        json.reference("encounter", encounter);
        json.text("authoredOn", context.at(0));
        json.reference("requester", context.organization());
        json.array("performer").object();
        json.text("reference", "Organization/" + request.to().code()).end().end();
        context.sink().end();
        @Nullable String answer = request.answer();
        if (answer == null) {
            return;
        }
        RecordName message = RecordName.of("Communication", RecordUuid.of(key, Chance.key(uuid), 43));
        FhirJson reply = context.sink().begin(message);
        reply.array("basedOn").object();
        reply.text("reference", context.sink().link(name)).end().end();
        reply.text("status", "completed");
        reply.array("category")
                .object()
                .text("text", "Réponse de téléexpertise")
                .end()
                .end();
        reply.reference("subject", context.patient());
        reply.reference("encounter", encounter);
        reply.text("sent", context.at(context.visit().minutes()));
        reply.array("recipient")
                .object()
                .text("reference", context.organization())
                .end()
                .end();
        reply.reference(
                "sender", "Organization/" + request.to().code(), request.to().name());
        reply.array("payload").object().text("contentString", answer).end().end();
        context.sink().end();
    }
}
