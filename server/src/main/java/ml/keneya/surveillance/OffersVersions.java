package ml.keneya.surveillance;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.surveillance.ReadsScopes.Asked;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the report of a week said before, and when it changed. */
@Component
class OffersVersions implements FhirContribution {

    private final KeepsVersions versions;
    private final CountsFigures counts;
    private final ScopesOfCallers scopes;

    OffersVersions(KeepsVersions versions, CountsFigures counts, ScopesOfCallers scopes) {
        this.versions = versions;
        this.counts = counts;
        this.scopes = scopes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * CSV: each version of the week's figures with the moment in which it was counted, and what differs from the one
     * before, by place, disease and figure. A version that changes nothing in the place has a row without a place.
     */
    @Operation(name = "$report-versions", typeName = "Measure", idempotent = true, manualResponse = true)
    public void versions(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            ServletRequestDetails request)
            throws IOException {
        Asked asked = new Asked(subject, level, week, null, null);
        Scope scope = scopes.read(asked, request);
        EpidemiologicalWeek wanted = scopes.week(asked);
        String text = versions.keep(wanted, version -> CsvText.of(counts.list("report-versions", scope)));
        OffersReports.send(request, ReportFormat.CSV.mediaType(), text);
    }
}
