package ml.keneya.surveillance;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Set;
import ml.keneya.fhir.Caller;
import ml.keneya.fhir.Caller.Role;
import ml.keneya.fhir.Refusal;
import ml.keneya.fhir.RefusalCode;
import ml.keneya.fhir.RefusedException;
import ml.keneya.surveillance.ReadsScopes.Asked;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a caller may count: whoever may see everybody any place, a district or region the places that lie in its areas.
 * Figures of small places tell of persons, so nobody else gets them.
 */
@Component
class ScopesOfCallers {

    private static final Set<Role> EVERYWHERE = Set.of(Role.AGENCY, Role.ADMINISTRATOR, Role.SYSTEM);

    private static final String LIES_IN_AREAS = """
            with recursive
            {{line}}
            select exists (
                select from keneya.place_line within
                where within.above = any(:areas) and within.division = :division and within.code = :code)
            or exists (
                select from facility_known known
                join keneya.place_line within
                    on (within.division, within.code) in (('2015', known.place_2015), ('2023', known.place_2023))
                where within.above = any(:areas) and :division = 'health' and known.code = :code)
            -- All that the registry has below it is counted with it: a ministry in the area is not the area's.
            and not exists (
                select from health_line line
                join facility_known lower on lower.code = line.code
                where line.above = :code and not exists (
                    select from keneya.place_line within
                    where within.above = any(:areas)
                      and (within.division, within.code) in (('2015', lower.place_2015), ('2023', lower.place_2023))))
            """;

    private final ReadsScopes scopes;
    private final JdbcClient jdbc;

    ScopesOfCallers(ReadsScopes scopes, JdbcClient jdbc) {
        this.scopes = scopes;
        this.jdbc = jdbc;
    }

    EpidemiologicalWeek week(Asked asked) {
        return scopes.week(asked);
    }

    /**
     * The scope that is asked for. A district or region that works for one area of a division means that one when it
     * names no place.
     *
     * @throws RefusedException when the caller may not count there, or anywhere
     */
    Scope read(Asked asked, RequestDetails request) {
        Caller caller = Caller.of(request);
        if (EVERYWHERE.contains(caller.role())) {
            return scopes.read(asked);
        }
        if (caller.role() != Role.AREA) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        boolean named = ReadsScopes.text(asked.subject()) != null;
        Scope scope = named ? scopes.read(asked) : scopes.read(asked, own(caller));
        if (!liesInAreas(scope.place(), caller)) {
            throw new RefusedException(Refusal.of(RefusalCode.FORBIDDEN));
        }
        return scope;
    }

    private Place own(Caller caller) {
        for (String division : List.of(Place.BEFORE_REFORM, Place.AFTER_REFORM)) {
            List<String> known = jdbc.sql("""
                            select code from keneya.place where division = :division and code = any(:areas)
                            """)
                    .param("division", division)
                    .param("areas", caller.areas().toArray(String[]::new))
                    .query(String.class)
                    .list();
            if (known.size() == 1) {
                return new Place(division, known.get(0));
            }
        }
        throw new RefusedException(Refusal.of(RefusalCode.MISSING_PARAMETER, "subject"));
    }

    private boolean liesInAreas(Place place, Caller caller) {
        return jdbc.sql(Statements.filled(LIES_IN_AREAS))
                .param("areas", caller.areas().toArray(String[]::new))
                .param("division", place.division())
                .param("code", place.code())
                .query(Boolean.class)
                .single();
    }
}
