package ml.keneya.surveillance;

import static ml.keneya.surveillance.Cases.aReportOfNothing;

import java.time.LocalDate;
import java.util.UUID;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/** Places of care and the weekly reports that they hand in. */
final class SomeSites {

    private SomeSites() {}

    static Organization anOrganization(String code, String type, String from, String until) {
        Organization site = new Organization().setName("CSCom").setActive(true);
        site.setId(UUID.randomUUID().toString());
        site.addIdentifier().setSystem("https://keneya.ml/id/facility").setValue(code);
        site.addType()
                .addCoding()
                .setSystem(Cases.BASE + "/CodeSystem/ml-facility-type")
                .setCode(type);
        if (!from.isEmpty() || !until.isEmpty()) {
            Period validity = new Period();
            if (!from.isEmpty()) {
                validity.setStartElement(new DateTimeType(from));
            }
            if (!until.isEmpty()) {
                validity.setEndElement(new DateTimeType(until));
            }
            site.addExtension(Cases.BASE + "/StructureDefinition/ml-ext-validity", validity);
        }
        return site;
    }

    static MeasureReport aReport(Organization site, LocalDate monday) {
        MeasureReport report = aReportOfNothing(
                monday.toString(),
                monday.plusDays(6).toString(),
                monday.plusDays(8).toString());
        report.setId(UUID.randomUUID().toString());
        report.setReporter(new Reference("Organization/" + site.getIdElement().getIdPart()));
        return report;
    }
}
