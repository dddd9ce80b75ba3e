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

/** The figures of an indicator, which a MeasureReport tells to FHIR, for spreadsheets and for DHIS2. */
@Component
class OffersFigures implements FhirContribution {

    private final Indicators indicators;
    private final WritesFigures writes;
    private final ScopesOfCallers scopes;

    OffersFigures(Indicators indicators, WritesFigures writes, ScopesOfCallers scopes) {
        this.indicators = indicators;
        this.writes = writes;
        this.scopes = scopes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * CSV (one row a place, group and combination of strata), JSON for {@code dataValueSets} of DHIS2, or IHE ADX, by
     * {@code _format} or the header {@code Accept}.
     *
     * @param subject the place, as for {@code $evaluate-measure}; the country if absent
     * @param level the places below it that are told apart
     * @param week in place of the first and last day
     */
    @Operation(name = "$figures", typeName = "Measure", idempotent = true, manualResponse = true)
    public void figures(
            @IdParam IdType id,
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            @OperationParam(name = "periodStart", typeName = "string") @Nullable IPrimitiveType<String> start,
            @OperationParam(name = "periodEnd", typeName = "string") @Nullable IPrimitiveType<String> end,
            ServletRequestDetails request)
            throws IOException {
        ReportFormat format = OffersReports.format(request);
        Scope scope = scopes.read(new Asked(subject, level, week, start, end), request);
        Indicator indicator = indicators
                .find(id.getIdPart())
                .orElseThrow(
                        () -> new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, "Measure/" + id.getIdPart())));
        OffersReports.send(request, format.mediaType(), writes.write(indicator, scope, format));
    }
}
