package ml.keneya.load.generate.output;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * What some consecutive households gave.
 *
 * @param files what is to be added to each file, by its path below the folder
 * @param bundles what is to be posted, when an exchange is filled
 * @param facilities codes of those that records speak of
 */
record Piece(
        SortedMap<String, byte[]> files,
        List<Outgoing> bundles,
        Totals totals,
        Set<String> facilities,
        List<CaseTruth> cases) {
    Piece {
        bundles = List.copyOf(bundles);
        facilities = Set.copyOf(facilities);
        cases = List.copyOf(cases);
    }

    /** A bundle on its way. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: it is posted and forgotten.
    record Outgoing(String submission, String sender, byte[] content) {}
}
