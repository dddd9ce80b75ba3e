package ml.keneya.surveillance;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.ImmunizationRecommendation;
import org.hl7.fhir.r4.model.ImmunizationRecommendation.ImmunizationRecommendationRecommendationComponent;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Puts the list of overdue doses into FHIR: a recommendation for each child. */
final class WritesRecommendations {

    private static final String LOINC = "http://loinc.org";
    private static final String STATUS = "http://terminology.hl7.org/CodeSystem/immunization-recommendation-status";

    private WritesRecommendations() {}

    /** @param rows the list, its names first */
    static Bundle of(List<List<@Nullable String>> rows, LocalDate on) {
        List<@Nullable String> names = rows.get(0);
        Map<String, ImmunizationRecommendation> children = new LinkedHashMap<>();
        for (List<@Nullable String> row : rows.subList(1, rows.size())) {
            String patient = cell(names, row, "patient_id");
            ImmunizationRecommendation child = children.get(patient);
            if (child == null) {
                child = new ImmunizationRecommendation();
                child.setPatient(new Reference("Patient/" + patient));
                child.setDateElement(new DateTimeType(on.toString()));
                children.put(patient, child);
            }
            ImmunizationRecommendationRecommendationComponent dose = child.addRecommendation();
            dose.addVaccineCode(new CodeableConcept(
                    new Coding(Canonicals.BASE + "/CodeSystem/ml-vaccine", cell(names, row, "vaccine"), null)));
            dose.setForecastStatus(new CodeableConcept(new Coding(STATUS, "overdue", null)));
            dose.setDoseNumber(new PositiveIntType(cell(names, row, "dose_number")));
            dose.addDateCriterion()
                    .setCode(new CodeableConcept(new Coding(LOINC, "30980-7", "Date vaccine due")))
                    .setValueElement(new DateTimeType(cell(names, row, "due_on")));
        }
        Bundle bundle = new Bundle();
        bundle.setType(BundleType.COLLECTION);
        children.values().forEach(child -> bundle.addEntry().setResource(child));
        return bundle;
    }

    private static String cell(List<@Nullable String> names, List<@Nullable String> row, String name) {
        return Objects.requireNonNull(row.get(names.indexOf(name)));
    }
}
