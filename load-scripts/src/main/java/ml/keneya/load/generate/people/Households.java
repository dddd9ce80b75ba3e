package ml.keneya.load.generate.people;

import java.util.List;
import java.util.Set;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.chance.Weighted;
import ml.keneya.load.generate.mali.Commune;
import ml.keneya.load.generate.mali.Facts;
import ml.keneya.load.generate.mali.Locality;
import ml.keneya.load.generate.mali.Mali;
import ml.keneya.load.generate.mali.Names;
import ml.keneya.load.generate.outbreak.Outbreak;
import org.jspecify.annotations.Nullable;

/**
 * All households of a scenario, each made from its number alone: first the families of the programme, then those struck
 * by an outbreak, then everybody else.
 */
public final class Households {
    private static final long SIZE = 1;
    private static final long PLACE = 2;
    private static final long MEANS = 3;

    // Regions from which people have fled since 2018, by DTM reports.
    private static final Set<String> REGIONS_FLED = Set.of("05", "06", "07", "10", "18", "19");
    private static final List<int[]> SIZES = List.of(
            new int[] {3, 12},
            new int[] {4, 15},
            new int[] {5, 17},
            new int[] {6, 16},
            new int[] {7, 13},
            new int[] {8, 10},
            new int[] {9, 7},
            new int[] {10, 5},
            new int[] {11, 3},
            new int[] {12, 2});

    private final Mali mali;
    private final Scenario scenario;
    private final long key;
    private final String tag;
    private final List<Outbreak> outbreaks;
    private final Programme programme;
    private final Weighted<int[]> sizes = new Weighted<>(SIZES, size -> size[1]);
    private final Weighted<Commune> fled;
    private final Members members;

    public Households(Mali mali, Scenario scenario) {
        this.mali = mali;
        this.scenario = scenario;
        this.key = scenario.key();
        this.tag = scenario.tag();
        this.outbreaks = scenario.outbreaks(mali);
        this.programme = new Programme(scenario.children(), mali.facts());
        this.fled = new Weighted<>(mali.territory().everywhereIn(REGIONS_FLED), Commune::people);
        this.members = new Members(mali, scenario);
    }

    public List<Outbreak> outbreaks() {
        return outbreaks;
    }

    public Programme programme() {
        return programme;
    }

    /** How many households a scenario needs before the ordinary ones begin. */
    public long special() {
        return programme.families()
                + outbreaks.stream()
                        .mapToLong(outbreak -> outbreak.cases().size())
                        .sum();
    }

    /** How many people live in a household: cheap, so that a run can be cut into equal parts. */
    public int size(long number) {
        return number < programme.families()
                ? programme.guardiansOf(number) + programme.childrenOf(number)
                : sizes.pick(Chance.of(key, number, SIZE))[0];
    }

    /** @param most how many members may be kept; the last household of a run may have to be cut */
    public Household household(long number, int most) {
        boolean inProgramme = number < programme.families();
        @Nullable Struck struck = inProgramme ? null : struck(number - programme.families());
        Chance place = Chance.of(key, number, PLACE);
        Commune commune = commune(number, inProgramme, struck, place);
        List<Locality> localities = commune.localities();
        Locality locality = place.happens(0.3) ? localities.get(0) : place.oneOf(localities);
        @Nullable Commune origin = place.happens(mali.facts().share("household.displaced")) ? fled.pick(place) : null;
        Names.People people = mali.names().people((origin == null ? commune : origin).region2023(), place);
        Chance means = Chance.of(key, number, MEANS);
        @Nullable String phone = means.happens(mali.facts().share("household.without-phone")) ? null : phone(means);
        var setting = new Members.Setting(number, people.group(), origin != null, struck);
        List<Person> all = inProgramme
                ? members.ofFamily(setting, programme.guardiansOf(number), programme.childrenOf(number))
                : members.of(setting, size(number));
        List<Person> kept = all.subList(0, Math.min(most, all.size()));
        return new Household(
                number,
                inProgramme,
                commune,
                locality,
                mali.health().nearest(commune, locality, number),
                origin,
                people.language(),
                phone,
                cover(number, means),
                scenario.firstDay() + means.below(Math.max(1, Math.min(365, scenario.lastDay() - scenario.firstDay()))),
                kept,
                struck == null ? null : struck.among(kept));
    }

    private Commune commune(long number, boolean inProgramme, @Nullable Struck struck, Chance place) {
        if (inProgramme) {
            return mali.territory().commune(Programme.SITES.get((int) (number % Programme.SITES.size())));
        }
        return struck != null
                ? struck.affliction().commune()
                : mali.territory().byPeople().pick(place);
    }

    private @Nullable Struck struck(long number) {
        long first = 0;
        for (Outbreak outbreak : outbreaks) {
            if (number < first + outbreak.cases().size()) {
                return new Struck(outbreak, outbreak.cases().get((int) (number - first)));
            }
            first += outbreak.cases().size();
        }
        return null;
    }

    /** A household that an outbreak strikes. */
    record Struck(Outbreak outbreak, Outbreak.Case affliction) {
        /** The member whose age comes nearest to the one that the case should have. */
        Household.@Nullable Affected among(List<Person> members) {
            @Nullable Person nearest = null;
            for (Person member : members) {
                boolean canFallIll =
                        member.ageInDays(affliction.onset()) >= 150 && (member.isAliveOn(affliction.onset() + 1));
                if (canFallIll && (nearest == null || distance(member) < distance(nearest))) {
                    nearest = member;
                }
            }
            return nearest == null ? null : new Household.Affected(outbreak, affliction, nearest.position());
        }

        int distance(Person member) {
            return Math.abs(member.ageInDays(affliction.onset()) - affliction.age());
        }
    }

    /** Numbers that begin with 1 are given to nobody in Mali: a message to one reaches no real person. */
    static String phone(Chance chance) {
        return "+2231" + (1_000_000 + chance.below(9_000_000));
    }

    private Household.Cover cover(long number, Chance means) {
        Facts facts = mali.facts();
        if (!means.happens(facts.share("coverage.any"))) {
            return Household.Cover.NONE;
        }
        double scheme = means.nextDouble();
        String insured = tag + "-" + number;
        if (scheme < facts.share("coverage.amo-share")) {
            boolean moved = means.happens(facts.share("coverage.ramu-moved"));
            return new Household.Cover("AMO", "FICTIF-AMO-" + insured, moved);
        }
        return scheme < facts.share("coverage.amo-share") + facts.share("coverage.ramed-share")
                ? new Household.Cover("RAMED", "FICTIF-RAMED-" + insured, false)
                : new Household.Cover("MUTUELLE", "FICTIF-MUT-" + insured, false);
    }
}
