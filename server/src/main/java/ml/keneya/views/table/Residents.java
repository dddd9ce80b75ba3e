package ml.keneya.views.table;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The people who live in some areas, by the address that the view {@code patient} shows, or in the whole country, and
 * whose own record carries no sensitivity label. Who has no address is in no area.
 *
 * <p>The code of a division begins with the code of the one it lies in, before the reform and after it; no code of the
 * one looks like one of the other.
 *
 * @param people the table of the view {@code patient}
 * @param areas codes of administrative divisions; null for everywhere
 */
public record Residents(ViewTable people, @Nullable List<String> areas) {

    private static final Pattern DIVISION = Pattern.compile("ML(\\d\\d){0,3}|\\d\\d(\\d\\d)?");

    private static final List<String> PLACES =
            List.of("region_2015", "cercle_2015", "commune_2015", "region_2023", "cercle_2023");

    public Residents {
        areas = areas == null ? null : List.copyOf(areas);
    }

    /** What is no code of a division, for example nothing at all, would begin any. */
    public static Residents of(ViewTable people, Collection<String> areas) {
        return new Residents(
                people,
                areas.stream().filter(area -> DIVISION.matcher(area).matches()).toList());
    }

    static Residents everywhere(ViewTable people) {
        return new Residents(people, null);
    }

    /** What holds for rows about these people, and everywhere for rows about nobody, with {@link #parameters()}. */
    String sql() {
        String unlabelled = "select \"_id\" from " + people.qualified() + " where " + SensitiveLabels.absentFrom();
        if (areas == null) {
            return "(\"_patient\" is null or \"_patient\" in (" + unlabelled + "))";
        }
        String inside = PLACES.stream()
                .map(place -> "starts_with(" + new Identifier(place).quoted() + ", area)")
                .collect(Collectors.joining(" or "));
        return "\"_patient\" in (" + unlabelled + " and exists (select from unnest(?::text[]) area where " + inside
                + "))";
    }

    List<Object> parameters() {
        return areas == null ? List.of() : List.of((Object) areas.toArray(String[]::new));
    }
}
