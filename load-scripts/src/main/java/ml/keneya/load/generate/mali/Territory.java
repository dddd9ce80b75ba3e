package ml.keneya.load.generate.mali;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ml.keneya.load.generate.chance.Weighted;
import org.jspecify.annotations.Nullable;

/** The places where generated people live, all of Mali or some of its regions. */
public final class Territory {
    private final Map<String, Commune> all = new HashMap<>();
    private final List<Commune> chosen;
    private final Weighted<Commune> byPeople;

    private Territory(List<Commune> everywhere, Set<String> regions) {
        everywhere.forEach(commune -> all.put(commune.code(), commune));
        chosen = everywhere.stream()
                .filter(commune -> regions.isEmpty()
                        || regions.contains(commune.region2023().code()))
                .toList();
        byPeople = new Weighted<>(chosen, Commune::people);
    }

    /** @param regions codes of law 2023-007; none means all */
    static Territory of(Set<String> regions) {
        Map<String, List<Locality>> localities = new HashMap<>();
        for (Table.Row row : Table.read("localities")) {
            localities
                    .computeIfAbsent(row.text("commune"), code -> new ArrayList<>())
                    .add(new Locality(row.text("name"), row.text("longitude"), row.text("latitude")));
        }
        List<Commune> communes = Table.read("communes").stream()
                .map(row -> commune(row, localities.getOrDefault(row.text("commune"), List.of())))
                .toList();
        return new Territory(communes, regions);
    }

    /** All of Mali. */
    public static Territory everywhere() {
        return of(Set.of());
    }

    private static Commune commune(Table.Row row, List<Locality> localities) {
        return new Commune(
                new Division(2015, row.text("commune"), row.text("name")),
                new Division(2015, row.text("cercle_2015"), row.text("cercle_2015_name")),
                new Division(2015, row.text("region_2015"), row.text("region_2015_name")),
                cercle2023(row),
                new Division(2023, row.text("region_2023"), row.text("region_2023_name")),
                row.whole("people"),
                localities);
    }

    private static @Nullable Division cercle2023(Table.Row row) {
        return row.has("cercle_2023")
                ? new Division(2023, row.text("cercle_2023"), row.text("cercle_2023_name"))
                : null;
    }

    public static Set<String> regionCodes() {
        Set<String> codes = new LinkedHashSet<>();
        Table.read("communes").forEach(row -> codes.add(row.text("region_2023")));
        return codes;
    }

    public List<Commune> communes() {
        return chosen;
    }

    public Weighted<Commune> byPeople() {
        return byPeople;
    }

    /** Any commune of Mali, chosen or not: displaced families come from elsewhere. */
    public Commune commune(String code) {
        Commune commune = all.get(code);
        if (commune == null) {
            throw new IllegalArgumentException("No commune " + code);
        }
        return commune;
    }

    public List<Commune> everywhereIn(Set<String> regions) {
        return all.values().stream()
                .filter(commune -> regions.contains(commune.region2023().code()))
                .sorted((one, other) -> one.code().compareTo(other.code()))
                .toList();
    }

    /** The chosen communes of a health district, named by the code, the name or the plain name of its cercle. */
    public Optional<List<Commune>> district(String named) {
        List<Commune> found = chosen.stream()
                .filter(commune -> commune.cercle2015().code().equalsIgnoreCase(named)
                        || Slug.of(commune.cercle2015().name()).equals(Slug.of(named)))
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}
