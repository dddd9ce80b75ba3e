package ml.keneya.export;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import ml.keneya.export.SettlesExports.Content;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/** Takes a request for rows: an export of records whose moment is settled now, with the views beside it. */
@Component
class BeginsRowsExports {

    private final ReadsRowsExports requests;
    private final SettlesExports settles;
    private final PeopleOfExport people;
    private final RowsExports rows;
    private final PreparesExports prepares;

    // Five collaborators, as of any export: each is one step of the way from a request to a job.
    BeginsRowsExports(
            ReadsRowsExports requests,
            SettlesExports settles,
            PeopleOfExport people,
            RowsExports rows,
            PreparesExports prepares) {
        this.requests = requests;
        this.settles = settles;
        this.people = people;
        this.rows = rows;
        this.prepares = prepares;
    }

    void begin(ServletRequestDetails details) throws IOException {
        Caller caller = ExportsOfCaller.mayExportEverything(details);
        ReadsRowsExports.Read read = requests.read(details);
        Content content = settles.settle(read.request());
        String group = read.request().group();
        if (group != null && people.membersOf(group, content.at()).isEmpty()) {
            throw new RefusedException(
                    Refusal.of(RefusalCode.BAD_PARAMETER, "group", group).at("group"));
        }
        UUID job = rows.keep(caller, details.getFhirServerBase() + "/$sql-export", read, content);
        prepares.prepare(job, Duration.ZERO);
        HttpServletResponse response = details.getServletResponse();
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader(
                "Content-Location",
                details.getFhirServerBase() + "/$sql-export-status?" + ExportsOfCaller.JOB + "=" + job);
        Parameters body = new Parameters();
        body.addParameter().setName("exportId").setValue(new StringType(job.toString()));
        body.addParameter().setName("status").setValue(new CodeType("accepted"));
        ShowsRowsExports.write(details, body);
    }
}
