package ml.keneya.load.generate.fhir;

import java.util.Map;
import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.fhir.Sink.RecordName;
import ml.keneya.load.generate.mali.ScheduledDose;

/** Writes Immunization by the profile {@code ml-immunization}. */
final class DoseWriter {
    private static final Map<String, String> SITES =
            Map.of("LA", "Bras gauche", "RA", "Bras droit", "LT", "Cuisse gauche", "RT", "Cuisse droite");
    private static final Map<String, String> ROUTES =
            Map.of("IM", "Intramusculaire", "SQ", "Sous-cutanée", "PO", "Orale", "IDINJ", "Intradermique");
    private static final Map<String, String> STRATEGIES =
            Map.of("fixed", "Stratégie fixe", "outreach", "Stratégie avancée", "mobile", "Stratégie mobile");

    void write(VisitWriter.Context context, RecordName name, String encounter, Entry.Dose dose, boolean withoutLot) {
        ScheduledDose scheduled = dose.dose();
        FhirJson json = context.sink().begin(name);
        if (!dose.strategy().isEmpty()) {
            json.array("extension")
                    .extensionConcept(
                            "vaccination-strategy",
                            "vaccination-strategy",
                            dose.strategy(),
                            STRATEGIES.getOrDefault(dose.strategy(), ""))
                    .end();
        }
        json.text("status", dose.outOfStock() ? "not-done" : "completed");
        if (dose.outOfStock()) {
            json.concept("statusReason", Systems.hl7("v3-ActReason"), "OSTOCK", "Rupture de stock");
        }
        vaccine(json, scheduled);
        json.reference("patient", context.patient());
        json.reference("encounter", encounter);
        if (dose.copied()) {
            json.date("occurrenceDateTime", dose.day());
            json.flag("primarySource", false);
            json.concept("reportOrigin", Systems.hl7("immunization-origin"), "record", "Carnet de vaccination");
        } else {
            json.text("occurrenceDateTime", context.at(10));
            json.flag("primarySource", true);
            json.reference("location", context.place());
        }
        if (!dose.copied() && !dose.outOfStock()) {
            administration(json, scheduled, dose, withoutLot);
            json.array("performer").object();
            json.reference("actor", context.organization()).end().end();
        }
        protocol(json, scheduled);
        context.sink().end();
    }

    private static void vaccine(FhirJson json, ScheduledDose dose) {
        json.object("vaccineCode").array("coding");
        json.object()
                .text("system", Systems.codes("vaccine"))
                .text("code", dose.vaccine())
                .end();
        if (!dose.cvx().isEmpty()) {
            json.object().text("system", Systems.CVX).text("code", dose.cvx()).end();
        }
        json.end().text("text", dose.text()).end();
    }

    private static void administration(FhirJson json, ScheduledDose dose, Entry.Dose given, boolean withoutLot) {
        if (!withoutLot) {
            json.text("lotNumber", given.lot());
        }
        json.date("expirationDate", given.expiry());
        if (!dose.site().isEmpty()) {
            json.concept("site", Systems.hl7("v3-ActSite"), dose.site(), SITES.getOrDefault(dose.site(), ""));
        }
        json.concept(
                "route", Systems.hl7("v3-RouteOfAdministration"), dose.route(), ROUTES.getOrDefault(dose.route(), ""));
    }

    // FHIR counts doses from 1: the birth dose of polio vaccine is written as text.
    private static void protocol(FhirJson json, ScheduledDose dose) {
        json.array("protocolApplied").object();
        if (dose.number() == 0) {
            json.text("doseNumberString", "0");
        } else {
            json.whole("doseNumberPositiveInt", dose.number()).whole("seriesDosesPositiveInt", dose.series());
        }
        json.end().end();
    }
}
