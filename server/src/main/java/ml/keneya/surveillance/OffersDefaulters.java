package ml.keneya.surveillance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.surveillance.ReadsScopes.Asked;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The children to be called because a dose is overdue: a site gets those that it follows, a district or region those of
 * its places, whoever may see everybody gets them of any place. Each child that is named is noted in the trace.
 */
@Component
class OffersDefaulters implements FhirContribution {

    private static final Set<String> JSON = Set.of("json", "application/json", "application/fhir+json");
    private static final Set<String> CSV = Set.of("csv", "text/csv");

    private final ReadsLists lists;
    private final ReadsScopes scopes;
    private final ScopesOfCallers callers;
    private final FhirContext context;

    OffersDefaulters(ReadsLists lists, ReadsScopes scopes, ScopesOfCallers callers, FhirContext context) {
        this.lists = lists;
        this.scopes = scopes;
        this.callers = callers;
        this.context = context;
    }

    @Override
    public void contributeTo(RestfulServer server) {
        server.registerProvider(this);
    }

    /**
     * CSV, a row for each child and vaccine; or, with {@code _format=json}, a Bundle of ImmunizationRecommendations.
     *
     * @param subject the place; a site may leave it out, or name itself
     * @param on the day on which doses are overdue
     */
    @Operation(name = "$defaulters", typeName = "Measure", idempotent = true, manualResponse = true)
    public void defaulters(
            @OperationParam(name = "subject", typeName = "string") @Nullable IPrimitiveType<String> subject,
            @OperationParam(name = "on", typeName = "string") @Nullable IPrimitiveType<String> on,
            ServletRequestDetails request)
            throws IOException {
        boolean asJson = asJson(request);
        Asked asked = new Asked(subject, null, null, on, on);
        Caller caller = Caller.of(request);
        Scope scope = caller.role() == Role.SITE ? ownOf(caller, asked) : callers.read(asked, request);
        List<List<@Nullable String>> rows = lists.read("defaulters", scope, request);
        if (asJson) {
            String json = context.newJsonParser().encodeResourceToString(WritesRecommendations.of(rows, scope.end()));
            OffersReports.send(request, "application/fhir+json;charset=UTF-8", json);
        } else {
            OffersReports.send(request, ReportFormat.CSV.mediaType(), CsvText.of(rows));
        }
    }

    private Scope ownOf(Caller caller, Asked asked) {
        if (caller.facility() == null) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        Place own = new Place(Place.HEALTH, caller.facility());
        boolean named = ReadsScopes.text(asked.subject()) != null;
        if (named && !scopes.read(asked).place().equals(own)) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        return scopes.read(asked, own);
    }

    private static boolean asJson(ServletRequestDetails request) {
        String format = Stream.ofNullable(request.getParameters().get("_format"))
                .flatMap(Arrays::stream)
                .findFirst()
                .orElse("csv");
        if (!JSON.contains(format) && !CSV.contains(format)) {
            throw ReadsScopes.bad("_format", format);
        }
        return JSON.contains(format);
    }
}
