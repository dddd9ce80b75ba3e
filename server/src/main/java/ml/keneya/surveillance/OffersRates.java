package ml.keneya.surveillance;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.surveillance.ReadsScopes.Asked;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shares, medians and other figures of an indicator that do not sum over places, which a MeasureReport cannot tell. */
@Component
class OffersRates implements FhirContribution {

    private final Indicators indicators;
    private final CountsFigures counts;
    private final ScopesOfCallers scopes;

    OffersRates(Indicators indicators, CountsFigures counts, ScopesOfCallers scopes) {
        this.indicators = indicators;
        this.counts = counts;
        this.scopes = scopes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * CSV, for each place its share with what it is a share of. For who may see small counts only: with a share and its
     * whole goes the count.
     *
     * @param subject the place, as for {@code $evaluate-measure}; the country if absent
     * @param level the places below it that are told apart
     * @param week in place of the first and last day
     */
    @Operation(name = "$rates", typeName = "Measure", idempotent = true, manualResponse = true)
    public void rates(
            @IdParam IdType id,
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            @OperationParam(name = "periodStart", typeName = "string") @Nullable IPrimitiveType<String> start,
            @OperationParam(name = "periodEnd", typeName = "string") @Nullable IPrimitiveType<String> end,
            ServletRequestDetails request)
            throws IOException {
        Scope scope = scopes.read(new Asked(subject, level, week, start, end), request);
        String statement = indicators.find(id.getIdPart()).map(Indicator::rates).orElse(null);
        if (statement == null) {
            throw new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, "Measure/" + id.getIdPart() + "/$rates"));
        }
        OffersReports.send(request, ReportFormat.CSV.mediaType(), CsvText.of(counts.rows(statement, scope)));
    }
}
