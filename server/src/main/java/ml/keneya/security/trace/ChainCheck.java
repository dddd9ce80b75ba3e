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
    /** By chain and position: a chain of a year has fifty thousand, and each row looks for its own. */
    private final Map<Integer, Map<Long, List<Anchor>>> anchors = new HashMap<>();

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
                .computeIfAbsent(anchor.head().chain(), chain -> new HashMap<>())
                .computeIfAbsent(anchor.head().position(), position -> new ArrayList<>())
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
        anchors.forEach((chain, left) -> cutAfter(chain, left, 0));
        return new Verdict(rows, faulty, faults);
    }

    private void compareWithAnchors(TracedEvent row) {
        for (Anchor anchor : at(row.chain(), row.position())) {
            if (!anchor.head().hash().equals(row.hash())) {
                note(row.chain(), row.position(), Kind.REWRITTEN);
            }
        }
        for (Anchor anchor : at(row.chain(), row.position() - 1)) {
            if (anchor.closing()) {
                note(row.chain(), row.position(), Kind.ADDED);
            }
        }
    }

    private List<Anchor> at(int chain, long position) {
        return anchors.getOrDefault(chain, Map.of()).getOrDefault(position, List.of());
    }

    private void cutAfter(int chain, Map<Long, List<Anchor>> ofChain, long end) {
        ofChain.forEach((position, there) ->
                there.stream().filter(anchor -> position > end).forEach(anchor -> note(chain, position, Kind.CUT)));
    }

    private void endChain() {
        ChainHead end = last;
        if (end == null) {
            return;
        }
        Map<Long, List<Anchor>> ofChain = anchors.remove(end.chain());
        if (ofChain != null) {
            cutAfter(end.chain(), ofChain, end.position());
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
