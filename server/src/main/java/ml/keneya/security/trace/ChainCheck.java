package ml.keneya.security.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.keneya.security.trace.ChainFault.Kind;
import org.jspecify.annotations.Nullable;

/** Reads all rows, chain by chain and in order, and notes each place where one does not follow from the one before. */
class ChainCheck {

    private static final int MOST_FAULTS = 100;

    private final Map<Integer, String> seeds;
    private final Map<Integer, List<Anchor>> anchors = new HashMap<>();
    private final List<ChainFault> faults = new ArrayList<>();
    private @Nullable ChainHead last;
    private long rows;
    private long faulty;

    /**
     * @param seeds of all chains
     * @param anchors in any order
     */
    ChainCheck(Map<Integer, String> seeds, List<Anchor> anchors) {
        this.seeds = Map.copyOf(seeds);
        anchors.forEach(anchor -> this.anchors
                .computeIfAbsent(anchor.head().chain(), chain -> new ArrayList<>())
                .add(anchor));
    }

    /** Where a chain was at some moment. */
    record Anchor(ChainHead head, boolean closing) {}

    void read(TracedEvent row) {
        rows++;
        ChainHead before = last;
        if (before == null || before.chain() != row.chain()) {
            endChain();
            before = new ChainHead(row.chain(), 0, seeds.getOrDefault(row.chain(), ""));
        }
        long expected = before.position() + 1;
        if (row.position() != expected) {
            note(row.chain(), expected, Kind.MISSING);
        } else if (!before.next(row.event()).hash().equals(row.hash())) {
            note(row.chain(), row.position(), Kind.CHANGED);
        }
        compareWithAnchors(row);
        last = row.asHead();
    }

    /** To be called after the last row. */
    Verdict end() {
        endChain();
        anchors.forEach((chain, left) -> left.stream()
                .filter(anchor -> anchor.head().position() > 0)
                .forEach(anchor -> note(chain, anchor.head().position(), Kind.CUT)));
        return new Verdict(rows, faulty, faults);
    }

    private void compareWithAnchors(TracedEvent row) {
        for (Anchor anchor : anchors.getOrDefault(row.chain(), List.of())) {
            ChainHead head = anchor.head();
            if (head.position() == row.position() && !head.hash().equals(row.hash())) {
                note(row.chain(), row.position(), Kind.REWRITTEN);
            }
            if (anchor.closing() && head.position() + 1 == row.position()) {
                note(row.chain(), row.position(), Kind.ADDED);
            }
        }
    }

    private void endChain() {
        ChainHead end = last;
        if (end == null) {
            return;
        }
        List<Anchor> ofChain = anchors.remove(end.chain());
        if (ofChain != null) {
            ofChain.stream()
                    .mapToLong(anchor -> anchor.head().position())
                    .filter(position -> position > end.position())
                    .forEach(position -> note(end.chain(), position, Kind.CUT));
        }
        last = null;
    }

    private void note(int chain, long position, Kind kind) {
        faulty++;
        if (faults.size() < MOST_FAULTS) {
            faults.add(new ChainFault(chain, position, kind));
        }
    }

    /**
     * @param rows how many were read
     * @param faulty how many faults were found
     * @param faults the first of them
     */
    record Verdict(long rows, long faulty, List<ChainFault> faults) {

        Verdict {
            faults = List.copyOf(faults);
        }

        boolean isWhole() {
            return faulty == 0;
        }
    }
}
