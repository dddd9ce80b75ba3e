package ml.keneya.load.generate.people;

import java.util.List;
import ml.keneya.load.generate.mali.Facts;

/** The protection programme: families that are accompanied because their children have lost parental care or may. */
public final class Programme {
    /** Communes of Kita and of Sanankoroba, by their code of 2015. */
    public static final List<String> SITES = List.of("ML010513", "ML020531");

    private final int children;
    private final int families;
    private final int guardians;

    Programme(int children, Facts facts) {
        double scale = children / facts.value("programme.children");
        this.children = children;
        this.families = children == 0 ? 0 : (int) Math.max(1, Math.round(scale * facts.value("programme.families")));
        this.guardians = (int) Math.max(families, Math.round(scale * facts.value("programme.guardians")));
    }

    public int families() {
        return families;
    }

    /** Children of one family; over all families they add up. */
    int childrenOf(long family) {
        int even = share(children, family);
        long partner = family % 2 == 0 ? family + 1 : family - 1;
        if (partner >= families) {
            return even;
        }
        // Families differ in size: what one of a pair has more, the other has less, and each keeps one.
        int spare = share(children, family % 2 == 0 ? partner : family) - 1;
        int shift = (int) Math.min(spare, family / 2 % 4);
        return family % 2 == 0 ? even + shift : even - shift;
    }

    int guardiansOf(long family) {
        return share(guardians, family);
    }

    private int share(int total, long family) {
        return (int) ((family + 1) * total / families - family * total / families);
    }
}
