package ml.keneya.load.generate.mali;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The health pyramid over the communes: ministry, regional directorates and telehealth hubs, districts with their
 * CSRéf, CSComs. Invented, because no public list of Mali's facilities exists; its numbers follow the yearbook.
 */
public final class HealthMap {
    public static final String MINISTRY = "ministere-sante";

    private final Map<String, Facility> facilities = new LinkedHashMap<>();
    private final Map<String, List<Facility>> cscoms = new HashMap<>();
    private final Map<String, Facility> csrefs = new HashMap<>();
    private final Map<String, Facility> hubs = new HashMap<>();

    HealthMap(Territory territory, Facts facts) {
        add(new Facility(MINISTRY, "ministry", "Ministère chargé de la santé", null, null, null));
        Map<String, List<Commune>> regions = grouped(territory, true);
        Map<String, List<Commune>> districts = grouped(territory, false);
        regions.forEach((code, communes) -> addRegion(communes));
        districts.forEach((code, communes) -> addDistrict(communes));
        Set<String> ambiguous = ambiguousNames();
        double people = facts.value("people.national");
        double perCscom = people / facts.value("facilities.cscom");
        territory.communes().forEach(commune -> addCscoms(commune, perCscom, ambiguous));
    }

    private static Map<String, List<Commune>> grouped(Territory territory, boolean byRegion) {
        Map<String, List<Commune>> groups = new LinkedHashMap<>();
        for (Commune commune : territory.communes()) {
            String key = byRegion
                    ? commune.region2023().code()
                    : commune.cercle2015().code();
            groups.computeIfAbsent(key, code -> new ArrayList<>()).add(commune);
        }
        return groups;
    }

    private void addRegion(List<Commune> communes) {
        Division region = communes.get(0).region2023();
        String slug = Slug.of(region.name());
        add(new Facility(
                "drs-" + slug, "drs", "Direction régionale de la santé de " + region.name(), MINISTRY, null, null));
        Commune capital = chief(communes, region.name());
        Facility hub = placed(
                "hub-" + slug, "telehealth-hub", "Plateau de télésanté de " + region.name(), "drs-" + slug, capital);
        add(hub);
        hubs.put(region.code(), hub);
    }

    private void addDistrict(List<Commune> communes) {
        Division cercle = communes.get(0).cercle2015();
        String slug = Slug.of(cercle.name());
        Commune capital = chief(communes, cercle.name());
        String directorate = "drs-" + Slug.of(capital.region2023().name());
        add(new Facility(
                "district-" + slug,
                "health-district",
                "District sanitaire de " + cercle.name(),
                directorate,
                null,
                null));
        Facility csref = placed("csref-" + slug, "csref", "CSRéf de " + cercle.name(), "district-" + slug, capital);
        add(csref);
        csrefs.put(cercle.code(), csref);
    }

    /** The commune that bears the name of the region or cercle, or else the largest. */
    private static Commune chief(List<Commune> communes, String name) {
        Commune largest = communes.get(0);
        for (Commune commune : communes) {
            if (Slug.of(commune.name()).equals(Slug.of(name))) {
                return commune;
            }
            if (commune.people() > largest.people()) {
                largest = commune;
            }
        }
        return largest;
    }

    private static Facility placed(String code, String type, String name, String parent, Commune commune) {
        return new Facility(
                code, type, name, parent, commune, commune.localities().get(0));
    }

    private static Set<String> ambiguousNames() {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (Table.Row row : Table.read("communes")) {
            String slug = Slug.of(row.text("name"));
            if (!seen.add(slug)) {
                twice.add(slug);
            }
        }
        return twice;
    }

    private void addCscoms(Commune commune, double peoplePerCscom, Set<String> ambiguous) {
        String slug = Slug.of(commune.name());
        String stem = "cscom-" + slug + (ambiguous.contains(slug) ? "-" + Slug.of(commune.code()) : "");
        String district = "district-" + Slug.of(commune.cercle2015().name());
        int wanted = (int) Math.max(1, Math.round(commune.people() / peoplePerCscom));
        List<Locality> localities = commune.localities();
        List<Facility> built = new ArrayList<>();
        Map<String, Integer> named = new HashMap<>();
        for (int number = 0; number < wanted; number++) {
            // Spread over the list, which follows the map rather than the size of the places. A commune of Bamako is
            // one place on it, and has many.
            Locality locality = localities.get((int) ((long) number * localities.size() / wanted));
            String place = number == 0 ? commune.name() : locality.name();
            int before = named.getOrDefault(place, 0);
            named.put(place, before + 1);
            String name = before == 0 ? place : place + " " + (before + 1);
            String code = number == 0 ? stem : stem + "-" + (number + 1);
            built.add(new Facility(code, "cscom", "CSCom de " + name, district, commune, locality));
        }
        built.forEach(this::add);
        cscoms.put(commune.code(), List.copyOf(built));
    }

    private void add(Facility facility) {
        facilities.put(facility.code(), facility);
    }

    public Facility facility(String code) {
        Facility facility = facilities.get(code);
        if (facility == null) {
            throw new IllegalArgumentException("No facility " + code);
        }
        return facility;
    }

    /** All of them, each after the one above it. */
    public List<Facility> facilities() {
        return List.copyOf(facilities.values());
    }

    /**
     * The CSCom nearest to a place, within its commune.
     *
     * @param household its number, by which those who live as near to several are shared out
     */
    public Facility nearest(Commune commune, Locality locality, long household) {
        List<Facility> nearest = new ArrayList<>();
        double shortest = Double.MAX_VALUE;
        for (Facility candidate : cscoms.getOrDefault(commune.code(), List.of())) {
            Locality place = candidate.locality();
            double distance = place == null ? Double.MAX_VALUE : place.distanceTo(locality);
            if (distance < shortest) {
                shortest = distance;
                nearest.clear();
            }
            if (distance <= shortest) {
                nearest.add(candidate);
            }
        }
        return nearest.get((int) Math.floorMod(household, nearest.size()));
    }

    /** The CSRéf of the health district in which a commune lies. */
    public Facility csref(Commune commune) {
        return known(csrefs, commune.cercle2015());
    }

    /** The telehealth hub of the region in which a commune lies. */
    public Facility hub(Commune commune) {
        return known(hubs, commune.region2023());
    }

    private static Facility known(Map<String, Facility> facilities, Division division) {
        Facility facility = facilities.get(division.code());
        if (facility == null) {
            throw new IllegalArgumentException("No facility in " + division.name());
        }
        return facility;
    }
}
