package ml.keneya.surveillance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.FhirContribution;
import ml.keneya.fhir.PeopleShown;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.surveillance.ReadsScopes.Asked;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The children to be called because a dose is overdue: a site gets those that it follows, whoever may see everybody
 * gets them of any place. Each child that is named is noted in the trace.
 */
@Component
class OffersDefaulters implements FhirContribution {

    private static final Set<String> JSON = Set.of("json", "application/json", "application/fhir+json");
    private static final Set<String> CSV = Set.of("csv", "text/csv");

    private final CountsFigures counts;
    private final ReadsScopes scopes;
    private final FhirContext context;
    private final ApplicationEventPublisher events;

    OffersDefaulters(CountsFigures counts, ReadsScopes scopes, FhirContext context, ApplicationEventPublisher events) {
        this.counts = counts;
        this.scopes = scopes;
        this.context = context;
        this.events = events;
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
        Scope asked = scopes.read(new Asked(subject, null, null, on, on));
        Scope scope = limited(asked, ReadsScopes.text(subject) != null, Caller.of(request));
        List<List<@Nullable String>> rows = counts.list("defaulters", scope);
        events.publishEvent(new PeopleShown(
                rows.stream()
                        .skip(1)
                        .map(row -> Objects.requireNonNull(row.get(0)))
                        .collect(Collectors.toSet()),
                request));
        if (asJson) {
            String json = context.newJsonParser().encodeResourceToString(WritesRecommendations.of(rows, scope.end()));
            OffersReports.send(request, "application/fhir+json;charset=UTF-8", json);
        } else {
            OffersReports.send(request, WeeklyFormat.CSV.mediaType(), CsvText.of(rows));
        }
    }

    private static Scope limited(Scope asked, boolean named, Caller caller) {
        if (caller.role().isUnrestricted()) {
            return asked;
        }
        if (caller.role() != Role.SITE || caller.facility() == null) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        Place own = new Place(Place.HEALTH, caller.facility());
        if (named && !asked.place().equals(own)) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        return new Scope(own, null, asked.start(), asked.end());
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
