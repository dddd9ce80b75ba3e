package ml.keneya.store.summary;

import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Sections of a summary, with the LOINC codes that the International Patient Summary gives them: what of a person's
 * records each takes, and what it leaves of one.
 */
enum SummarySection {
    ALLERGIES("AllergyIntolerance", "48765-2"),
    MEDICINES("MedicationRequest", "10160-0"),
    PROBLEMS("Condition", "11450-4"),
    VACCINATIONS("Immunization", "11369-6");

    private static final List<MedicationRequestStatus> TAKEN =
            List.of(MedicationRequestStatus.ACTIVE, MedicationRequestStatus.ONHOLD);

    private final String type;
    private final String loinc;

    SummarySection(String type, String loinc) {
        this.type = type;
        this.loinc = loinc;
    }

    String type() {
        return type;
    }

    String loinc() {
        return loinc;
    }

    /** Whether it is about the person, who may stand in it otherwise too, and is no mistake. */
    static boolean takes(Resource record, String person) {
        if (record instanceof AllergyIntolerance allergy) {
            return isOf(allergy.getPatient(), person) && !isMistaken(allergy.getVerificationStatus());
        }
        if (record instanceof MedicationRequest medicine) {
            return isOf(medicine.getSubject(), person) && TAKEN.contains(medicine.getStatus());
        }
        if (record instanceof Condition problem) {
            return isOf(problem.getSubject(), person) && !isMistaken(problem.getVerificationStatus());
        }
        return record instanceof Immunization dose
                && isOf(dose.getPatient(), person)
                && dose.getStatus() != ImmunizationStatus.ENTEREDINERROR;
    }

    /** Without what was typed about other things, and without numbers by which a site knows the record. */
    static DomainResource withoutWords(Resource record) {
        DomainResource needed = (DomainResource) record.copy();
        needed.setId((String) null);
        needed.setMeta(null);
        needed.setText(null);
        needed.setContained(null);
        if (needed instanceof AllergyIntolerance allergy) {
            allergy.setIdentifier(null).setNote(null);
        } else if (needed instanceof MedicationRequest medicine) {
            medicine.setIdentifier(null).setNote(null).setGroupIdentifier(null);
        } else if (needed instanceof Condition problem) {
            problem.setIdentifier(null).setNote(null);
        } else if (needed instanceof Immunization dose) {
            dose.setIdentifier(null).setNote(null);
        }
        return needed;
    }

    private static boolean isOf(Reference subject, String person) {
        return person.equals(subject.getReference());
    }

    private static boolean isMistaken(CodeableConcept verification) {
        return verification.getCoding().stream()
                .anyMatch(coding -> "entered-in-error".equals(coding.getCode()) || "refuted".equals(coding.getCode()));
    }
}
