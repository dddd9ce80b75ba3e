package ml.keneya.surveillance;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.surveillance.MakesReports.Publishable;
import ml.keneya.surveillance.ReadsScopes.Asked;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The weekly report for those who may not see small counts, and for publication. */
@Component
class OffersPublishable implements FhirContribution {

    private final MakesReports reports;
    private final WritesPublishable writes;
    private final ReadsScopes scopes;
    private final Clock clock = Clock.systemUTC();

    OffersPublishable(MakesReports reports, WritesPublishable writes, ReadsScopes scopes) {
        this.reports = reports;
        this.writes = writes;
        this.scopes = scopes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * CSV for whole weeks that are over and the division of before the reform only: two divisions, or two periods that
     * overlap, could be subtracted from each other, and so could the answers of a week in which cases still arrive.
     */
    @Operation(name = "$idsr-publishable", typeName = "Measure", idempotent = true, manualResponse = true)
    public void publishable(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            ServletRequestDetails request)
            throws IOException {
        Asked asked = new Asked(subject, level, week, null, null);
        EpidemiologicalWeek wanted = scopes.week(asked);
        if (!wanted.sunday().isBefore(LocalDate.now(clock))) {
            throw ReadsScopes.bad("week", wanted.toString());
        }
        Scope scope = scopes.read(asked);
        if (!scope.place().division().equals(Place.BEFORE_REFORM)) {
            throw ReadsScopes.bad("subject", String.valueOf(ReadsScopes.text(subject)));
        }
        if (Place.FACILITY.equals(scope.level())) {
            throw ReadsScopes.bad("level", Place.FACILITY);
        }
        Publishable found = reports.publishable(wanted, scope);
        OffersReports.send(request, ReportFormat.CSV.mediaType(), writes.write(found.report(), found.finest()));
    }
}
