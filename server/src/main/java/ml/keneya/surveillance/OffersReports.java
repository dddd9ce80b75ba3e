package ml.keneya.surveillance;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.surveillance.ReadsScopes.Asked;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The operations of surveillance: reports, rates, line lists, and cases to complete. */
@Component
class OffersReports implements FhirContribution {

    private final Indicators indicators;
    private final MakesReports reports;
    private final ReadsLists lists;
    private final WritesWeekly weekly;
    private final ScopesOfCallers scopes;

    OffersReports(
            Indicators indicators,
            MakesReports reports,
            ReadsLists lists,
            WritesWeekly weekly,
            ScopesOfCallers scopes) {
        this.indicators = indicators;
        this.reports = reports;
        this.lists = lists;
        this.weekly = weekly;
        this.scopes = scopes;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * The figures of an indicator.
     *
     * @param subject the place: {@code Location/[id]}, or a division and a code, {@code 2015|ML02}; the country if
     *     absent
     * @param level the places below it that are told apart
     * @param week in place of the first and last day
     */
    @Operation(
            name = "$evaluate-measure",
            typeName = "Measure",
            canonicalUrl = "http://hl7.org/fhir/OperationDefinition/Measure-evaluate-measure",
            idempotent = true)
    public MeasureReport evaluate(
            @IdParam IdType id,
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            @OperationParam(name = "periodStart", typeName = "string") @Nullable IPrimitiveType<String> start,
            @OperationParam(name = "periodEnd", typeName = "string") @Nullable IPrimitiveType<String> end,
            ServletRequestDetails request) {
        Indicator indicator = indicators
                .find(id.getIdPart())
                .orElseThrow(
                        () -> new RefusedException(Refusal.of(RefusalCode.NOT_FOUND, "Measure/" + id.getIdPart())));
        return reports.evaluate(indicator, scopes.read(new Asked(subject, level, week, start, end), request));
    }

    /** The weekly report as CSV, as JSON for DHIS2 or as ADX. */
    @Operation(name = "$idsr-weekly", typeName = "Measure", idempotent = true, manualResponse = true)
    public void weekly(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            ServletRequestDetails request)
            throws IOException {
        ReportFormat format = format(request);
        Asked asked = new Asked(subject, level, week, null, null);
        Scope scope = scopes.read(asked, request);
        send(request, format.mediaType(), weekly.write(reports.weekly(scopes.week(asked), scope), format));
    }

    /**
     * CSV: cases and deaths for 100 000 inhabitants, with the population and who says it; no rate where none is known.
     */
    @Operation(name = "$idsr-rates", typeName = "Measure", idempotent = true, manualResponse = true)
    public void rates(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            @OperationParam(name = "periodStart", typeName = "string") @Nullable IPrimitiveType<String> start,
            @OperationParam(name = "periodEnd", typeName = "string") @Nullable IPrimitiveType<String> end,
            ServletRequestDetails request)
            throws IOException {
        sendList("rates", new Asked(subject, level, week, start, end), request);
    }

    /**
     * CSV: cases, confirmed cases and deaths by week, place and disease. A week in which nobody told of a case has no
     * row, which is not zero: the weekly report says whether anybody reported.
     */
    @Operation(name = "$idsr-series", typeName = "Measure", idempotent = true, manualResponse = true)
    public void series(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "level", typeName = "string") @Nullable IPrimitiveType<String> level,
            @OperationParam(name = "periodStart", typeName = "string") @Nullable IPrimitiveType<String> start,
            @OperationParam(name = "periodEnd", typeName = "string") @Nullable IPrimitiveType<String> end,
            ServletRequestDetails request)
            throws IOException {
        sendList("series", new Asked(subject, level, null, start, end), request);
    }

    /** One row a case, with names. */
    @Operation(name = "$line-list", typeName = "Measure", idempotent = true, manualResponse = true)
    public void lineList(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            @OperationParam(name = "periodStart", typeName = "string") @Nullable IPrimitiveType<String> start,
            @OperationParam(name = "periodEnd", typeName = "string") @Nullable IPrimitiveType<String> end,
            ServletRequestDetails request)
            throws IOException {
        sendList("line-list", new Asked(subject, null, week, start, end), request);
    }

    /** Cases that lack a date, a place or what else a report needs. */
    @Operation(name = "$incomplete-cases", typeName = "Measure", idempotent = true, manualResponse = true)
    public void incomplete(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "week", typeName = "string") @Nullable IPrimitiveType<String> week,
            @OperationParam(name = "periodStart", typeName = "string") @Nullable IPrimitiveType<String> start,
            @OperationParam(name = "periodEnd", typeName = "string") @Nullable IPrimitiveType<String> end,
            ServletRequestDetails request)
            throws IOException {
        sendList("incomplete-cases", new Asked(subject, null, week, start, end), request);
    }

    private void sendList(String name, Asked asked, ServletRequestDetails request) throws IOException {
        send(request, ReportFormat.CSV.mediaType(), CsvText.of(lists.read(name, scopes.read(asked, request), request)));
    }

    static ReportFormat format(ServletRequestDetails request) {
        Optional<String> asked = Stream.ofNullable(request.getParameters().get("_format"))
                .flatMap(Arrays::stream)
                .findFirst();
        if (asked.isPresent()) {
            return ReportFormat.named(asked.get()).orElseThrow(() -> ReadsScopes.bad("_format", asked.get()));
        }
        return ReportFormat.accepted(request.getHeaders("Accept"))
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        RefusalCode.NOT_ACCEPTABLE,
                        String.join(", ", request.getHeaders("Accept")).replaceAll("[^\\w/+*.;=, -]", ""))));
    }

    static void send(ServletRequestDetails request, String mediaType, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpServletResponse response = request.getServletResponse();
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
