package ml.keneya.surveillance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ml.keneya.conformance.Canonicals;
import ml.keneya.conformance.ConformancePackages;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the places that reports are about, by reference or by code, and what they are called. */
@Component
class Places {

    private static final Set<String> DIVISIONS = Set.of(Place.BEFORE_REFORM, Place.AFTER_REFORM, Place.HEALTH);

    private static final Map<String, Set<String>> ADMINISTRATIVE_LEVELS = Map.of(
            Place.BEFORE_REFORM, Set.of("region", "cercle", "commune"),
            // The communes of 2023 are not known.
            Place.AFTER_REFORM, Set.of("region", "cercle"));

    private static final Set<String> TYPES_OF_FACILITY =
            Set.of(Canonicals.BASE + "/CodeSystem/ml-facility-type", Canonicals.BASE + "/CodeSystem/ml-location-level");

    private final JdbcClient jdbc;
    private final Set<String> typesOfFacility;

    Places(JdbcClient jdbc, ConformancePackages packages) {
        this.jdbc = jdbc;
        this.typesOfFacility = packages.terminology().resources().stream()
                .filter(each -> each.hasUrl() && TYPES_OF_FACILITY.contains(each.getUrl()))
                .flatMap(each -> ((CodeSystem) each).getConcept().stream())
                .map(ConceptDefinitionComponent::getCode)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param text {@code Location/[id]}, {@code Organization/[id]} or a division and a code: {@code 2015|ML02} */
    Optional<Place> find(String text) {
        String[] token = text.split("\\|", 2);
        if (token.length == 2) {
            return DIVISIONS.contains(token[0]) && isKnown(token[0], token[1])
                    ? Optional.of(new Place(token[0], token[1]))
                    : Optional.empty();
        }
        String[] reference = text.split("/", 2);
        if (reference.length != 2) {
            return Optional.empty();
        }
        return switch (reference[0]) {
            case "Location" -> location(reference[1]);
            case "Organization" -> organization(reference[1]);
            default -> Optional.empty();
        };
    }

    private boolean isKnown(String division, String code) {
        if (code.equals(Place.COUNTRY)) {
            return true;
        }
        // A facility that the registry does not hold yet owns what it has delivered.
        String known = division.equals(Place.HEALTH)
                ? """
                  select exists (select from identified.facility where code = :code)
                      or exists (select from identified.location where code = :code)
                      or exists (select from keneya.receipt where facility = :code)
                  """
                : "select exists (select from keneya.place where division = :division and code = :code)";
        return jdbc.sql(known)
                .param("division", division)
                .param("code", code)
                .query(Boolean.class)
                .single();
    }

    /** Whether places of a division are told apart by a level: in the sanitary one, by the type of the facility. */
    boolean hasLevel(String division, String level) {
        if (level.equals(Place.FACILITY)) {
            return true;
        }
        return division.equals(Place.HEALTH)
                ? typesOfFacility.contains(level)
                : ADMINISTRATIVE_LEVELS.getOrDefault(division, Set.of()).contains(level);
    }

    private Optional<Place> location(String id) {
        return jdbc.sql("""
                        select
                            case
                                when code is not null then 'health'
                                when division_2023 is not null then '2023'
                                else '2015'
                            end as division,
                            coalesce(code, division_2023, division_2015) as code
                        from identified.location
                        where id = :id and coalesce(code, division_2023, division_2015) is not null
                        """).param("id", id).query(Place.class).optional();
    }

    private Optional<Place> organization(String id) {
        return jdbc.sql(
                        "select 'health' as division, code from identified.facility where id = :id and code is not null")
                .param("id", id)
                .query(Place.class)
                .optional();
    }

    /** The names of all places of a division; a code that has none there is missing. */
    Map<String, String> names(String division) {
        Map<String, String> names = new TreeMap<>();
        jdbc.sql("""
                        select code, name from keneya.place where division = :division
                        union all
                        select code, name from identified.facility
                        where code is not null and name is not null and :division = 'health'
                        """).param("division", division).query(row -> {
            names.put(row.getString("code"), row.getString("name"));
        });
        names.putIfAbsent(Place.COUNTRY, "Mali");
        return names;
    }

    /** For each place of an administrative division the next larger one. */
    Map<String, String> above(String division) {
        Map<String, String> above = new TreeMap<>();
        jdbc.sql("""
                        select distinct on (line.code) line.code, line.above
                        from keneya.place_line line
                        join (select code, count(*) as depth from keneya.place_line
                              where division = :division group by code) larger on larger.code = line.above
                        where line.division = :division and line.above <> line.code
                        order by line.code, larger.depth desc
                        """).param("division", division).query(row -> {
            above.put(row.getString("code"), row.getString("above"));
        });
        return above;
    }

    /**
     * The places of an administrative division that a report tells apart, with or without a case: those of its level
     * that lie in its place, or the place itself.
     */
    List<String> below(Scope scope) {
        if (scope.level() == null) {
            return List.of(scope.place().code());
        }
        return jdbc.sql("""
                        select line.code from keneya.place_line line
                        join keneya.place_line self
                            on self.division = line.division and self.code = line.code and self.above = line.code
                        where line.division = :division and line.above = :subject
                            and case self.level
                                when 'district' then 'region' when 'pseudo-cercle' then 'cercle' else self.level
                            end = :level
                        order by line.code
                        """)
                .param("division", scope.place().division())
                .param("subject", scope.place().code())
                .param("level", scope.level())
                .query(String.class)
                .list();
    }

    /** What a MeasureReport names a place by. */
    static Reference reference(Place place, @Nullable String name) {
        Reference reference = new Reference();
        reference.setType("Location");
        reference.getIdentifier().setSystem(system(place.division())).setValue(place.code());
        reference.setDisplay(name);
        return reference;
    }

    static String system(String division) {
        return division.equals(Place.HEALTH)
                ? Canonicals.FACILITY
                : Canonicals.BASE + "/CodeSystem/ml-administrative-division-" + division;
    }
}
