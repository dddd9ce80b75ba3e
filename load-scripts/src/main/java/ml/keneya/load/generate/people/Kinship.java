package ml.keneya.load.generate.people;

import java.util.Arrays;
import ml.keneya.load.generate.chance.Chance;
import ml.keneya.load.generate.mali.Facts;

/** Who is whose child in a household of which only ages and sexes are known. Members come eldest first. */
final class Kinship {
    private static final int YEAR = 365;
    private static final int CHILD = 18 * YEAR;
    // Between two births of one mother, at least.
    private static final int SPACING = 300;

    private final int[] births;
    private final boolean[] female;
    private final int parents;
    private final int[] mother;
    private final int[] father;
    private final int[] twin;

    /** @param parents how many of the eldest may be parents of others */
    Kinship(int[] births, boolean[] female, int parents, Chance chance, Facts facts) {
        this.births = births;
        this.female = female;
        this.parents = parents;
        this.mother = filled(births.length);
        this.father = filled(births.length);
        this.twin = filled(births.length);
        int latest = births[0];
        for (int birth : births) {
            latest = Math.max(latest, birth);
        }
        for (int member = 1; member < births.length; member++) {
            if (births[member] > latest - CHILD) {
                findParents(member, chance, facts);
            }
        }
    }

    private static int[] filled(int length) {
        int[] positions = new int[length];
        Arrays.fill(positions, -1);
        return positions;
    }

    private void findParents(int child, Chance chance, Facts facts) {
        boolean livesWithMother = chance.happens(0.92);
        for (int woman = 0; woman < Math.min(child, parents) && livesWithMother; woman++) {
            if (!female[woman] || !couldBear(woman, child)) {
                continue;
            }
            int close = closeSibling(woman, child);
            if (close < 0) {
                mother[child] = woman;
                break;
            }
            if (twin[close] < 0 && chance.happens(facts.share("births.twins-among-close-siblings"))) {
                births[child] = births[close];
                twin[child] = close;
                mother[child] = woman;
                break;
            }
        }
        if (!female[0] && births[child] - births[0] > 17 * YEAR && chance.happens(0.9)) {
            father[child] = 0;
        }
    }

    private boolean couldBear(int woman, int child) {
        int age = births[child] - births[woman];
        return age > 15 * YEAR && age < 47 * YEAR;
    }

    private int closeSibling(int woman, int child) {
        for (int other = 1; other < child; other++) {
            if (mother[other] == woman && Math.abs(births[other] - births[child]) < SPACING) {
                return other;
            }
        }
        return -1;
    }

    int mother(int member) {
        return mother[member];
    }

    int father(int member) {
        return father[member];
    }

    int twin(int member) {
        return twin[member];
    }

    /** Who answers for a child without a parent in the household: the eldest woman of age, or else the head. */
    int guardian(int member) {
        if (mother[member] >= 0 || father[member] >= 0 || member == 0) {
            return -1;
        }
        for (int adult = 0; adult < member; adult++) {
            if (female[adult] && births[member] - births[adult] > CHILD) {
                return adult;
            }
        }
        return 0;
    }

    /** The father's name; women keep their own when they marry. */
    boolean bearsHeadsName(int member) {
        return member == 0 || father[member] == 0 || !female[0] && births[member] - births[0] > 15 * YEAR && member > 1;
    }
}
