package ml.keneya.load.generate.fhir;

import ml.keneya.load.generate.care.Visit.Entry;
import ml.keneya.load.generate.care.Visit.Quantity;
import ml.keneya.load.generate.fhir.Sink.RecordName;

/** Writes Observation by the profile {@code ml-observation}. */
final class MeasureWriter {
    private static final int ANAEMIA_IN_PREGNANCY = 110;
    private static final int SEVERE_MALNUTRITION = 1150;
    private static final int MODERATE_MALNUTRITION = 1250;

    /**
     * How a quantity is written.
     *
     * @param unit as people write it; {@code ucum} its code
     */
    private record Form(String category, String loinc, String words, String unit, String ucum) {}

    void write(VisitWriter.Context context, RecordName name, String encounter, Entry.Measure measure, boolean undated) {
        Form form = form(measure.quantity());
        FhirJson json = context.sink().begin(name);
        json.text("status", "final");
        json.array("category");
        json.concept(Systems.hl7("observation-category"), form.category(), "");
        json.end();
        json.concept("code", Systems.LOINC, form.loinc(), form.words());
        json.reference("subject", context.patient());
        json.reference("encounter", encounter);
        if (!undated) {
            json.text("effectiveDateTime", context.at(5));
        }
        json.array("performer").object();
        json.text("reference", context.organization()).end().end();
        value(json, measure, form);
        context.sink().end();
    }

    private static void value(FhirJson json, Entry.Measure measure, Form form) {
        switch (measure.quantity()) {
            case BLOOD_PRESSURE -> {
                json.array("component");
                component(json, "8480-6", "Systolique", measure.tenths(), form);
                component(json, "8462-4", "Diastolique", measure.secondTenths(), form);
                json.end();
            }
            case PREGNANCY -> json.concept("valueCodeableConcept", Systems.LOINC, "LA15173-0", "Enceinte");
            case MALARIA_TEST -> {
                json.words("valueCodeableConcept", measure.positive() ? "Positif" : "Négatif");
                interpretation(json, measure.positive() ? "POS" : "NEG", "");
            }
            case HAEMOGLOBIN -> {
                quantity(json, measure.tenths(), form);
                if (measure.tenths() < ANAEMIA_IN_PREGNANCY) {
                    interpretation(json, "L", "Bas : moins de 11 g/dL pendant la grossesse");
                }
            }
            case ARM_CIRCUMFERENCE -> {
                quantity(json, measure.tenths(), form);
                if (measure.tenths() < SEVERE_MALNUTRITION) {
                    interpretation(json, "LL", "Rouge : malnutrition aiguë sévère");
                } else if (measure.tenths() < MODERATE_MALNUTRITION) {
                    interpretation(json, "L", "Jaune : malnutrition aiguë modérée");
                } else {
                    interpretation(json, "N", "Vert : pas de malnutrition aiguë");
                }
            }
            default -> quantity(json, measure.tenths(), form);
        }
    }

    private static void component(FhirJson json, String loinc, String words, int tenths, Form form) {
        json.object();
        json.concept("code", Systems.LOINC, loinc, words);
        quantity(json, tenths, form);
        json.end();
    }

    private static void quantity(FhirJson json, int tenths, Form form) {
        json.object("valueQuantity").tenths("value", tenths);
        json.text("unit", form.unit()).text("system", Systems.UCUM).text("code", form.ucum());
        json.end();
    }

    private static void interpretation(FhirJson json, String code, String words) {
        json.array("interpretation");
        json.concept(Systems.hl7("v3-ObservationInterpretation"), code, words);
        json.end();
    }

    private static Form form(Quantity quantity) {
        return switch (quantity) {
            case WEIGHT -> new Form("vital-signs", "29463-7", "Poids", "kg", "kg");
            case TEMPERATURE -> new Form("vital-signs", "8310-5", "Température", "°C", "Cel");
            case BLOOD_PRESSURE -> new Form("vital-signs", "85354-9", "Tension artérielle", "mmHg", "mm[Hg]");
            case ARM_CIRCUMFERENCE -> new Form("exam", "56072-2", "Périmètre brachial (PB)", "mm", "mm");
            case HAEMOGLOBIN -> new Form("laboratory", "718-7", "Hémoglobine", "g/dL", "g/dL");
            case GESTATIONAL_AGE -> new Form("exam", "18185-9", "Âge gestationnel", "semaines", "wk");
            case PREGNANCY -> new Form("social-history", "82810-3", "Grossesse", "", "");
            case BIRTH_WEIGHT -> new Form("exam", "8339-4", "Poids de naissance", "kg", "kg");
            case MALARIA_TEST -> new Form("laboratory", "70569-9", "Test de diagnostic rapide du paludisme", "", "");
        };
    }
}
