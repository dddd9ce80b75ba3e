package ml.keneya.surveillance;

import static ml.keneya.test.Exchange.unique;
import static ml.keneya.test.Records.aChild;

import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** People and their notifiable diseases, as a clinic would send them. */
public final class Cases {

    public static final String BASE = "https://keneya.ml/fhir";
    public static final String DIVISION_2015 = BASE + "/CodeSystem/ml-administrative-division-2015";
    public static final String DISEASE = BASE + "/CodeSystem/ml-notifiable-disease";
    public static final String COMMUNE = BASE + "/StructureDefinition/ml-ext-commune";
    public static final String RESIDENCE = BASE + "/StructureDefinition/ml-ext-residence-status";
    public static final String CLASSIFICATION = BASE + "/StructureDefinition/ml-ext-case-classification";
    public static final String NOTIFICATION = BASE + "/StructureDefinition/ml-ext-notification-date";

    private Cases() {}

    public static Patient aPerson(String commune, String sex, String birthDate, String residence) {
        Patient person = aChild(unique("case"));
        person.setId(UUID.randomUUID().toString());
        person.setGender(AdministrativeGender.fromCode(sex));
        person.setBirthDateElement(birthDate.isEmpty() ? null : new DateType(birthDate));
        if (!commune.isEmpty()) {
            person.addAddress().addExtension(COMMUNE, new Coding(DIVISION_2015, commune, null));
        }
        if (!residence.isEmpty()) {
            person.addExtension(
                    RESIDENCE,
                    new CodeableConcept(new Coding(BASE + "/CodeSystem/ml-residence-status", residence, null)));
        }
        return person;
    }

    public static Condition aCase(Patient person, String disease, String classification, String onset) {
        Condition found = new Condition();
        found.setId(UUID.randomUUID().toString());
        found.getClinicalStatus()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/condition-clinical")
                .setCode("active");
        found.getCode().addCoding().setSystem(DISEASE).setCode(disease);
        found.setSubject(new Reference("Patient/" + person.getIdElement().getIdPart()));
        classify(found, classification);
        if (!onset.isEmpty()) {
            found.setOnset(new DateTimeType(onset));
        }
        return found;
    }

    public static void classify(Condition found, String classification) {
        found.getExtension().removeIf(extension -> extension.getUrl().equals(CLASSIFICATION));
        if (!classification.isEmpty()) {
            found.addExtension(
                    CLASSIFICATION,
                    new CodeableConcept(new Coding(BASE + "/CodeSystem/ml-case-classification", classification, null)));
        }
    }

    public static MeasureReport aReportOfNothing(String monday, String sunday, String reportedOn) {
        MeasureReport report = new MeasureReport();
        report.setStatus(MeasureReportStatus.COMPLETE);
        report.setType(MeasureReportType.SUMMARY);
        report.setMeasure(BASE + "/Measure/ml-idsr-weekly");
        report.setDateElement(new DateTimeType(reportedOn));
        report.getPeriod().setStartElement(new DateTimeType(monday)).setEndElement(new DateTimeType(sunday));
        report.addGroup()
                .setCode(new CodeableConcept(new Coding(DISEASE, "cholera", null)))
                .addPopulation()
                .setCount(0);
        return report;
    }
}
