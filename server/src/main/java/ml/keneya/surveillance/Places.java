package ml.keneya.surveillance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import ml.keneya.conformance.Canonicals;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Knows the places that reports are about, by reference or by code, and what they are called. */
@Component
class Places {

    private static final Set<String> DIVISIONS = Set.of(Place.BEFORE_REFORM, Place.AFTER_REFORM, Place.HEALTH);

    private final JdbcClient jdbc;

    Places(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
        // A facility need not be in the registry to own records.
        return division.equals(Place.HEALTH)
                || code.equals(Place.COUNTRY)
                || jdbc.sql("select exists (select from keneya.place where division = :division and code = :code)")
                        .param("division", division)
                        .param("code", code)
                        .query(Boolean.class)
                        .single();
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
