package ml.keneya.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the rows of two programs differ, whatever order they come in. A row is the same when all its values are, as often
 * as it occurs.
 *
 * @param expected how many rows there should be
 * @param found how many there are
 * @param missing how many of the expected ones are not among them
 * @param additional how many are not among the expected ones
 * @param filled how many columns have a value in some expected row, for rows without values are easily equal
 * @param columns how many there are
 * @param byColumn for each column that differs in rows of the same record: in how many, and one case
 */
record RowDifferences(
        int expected,
        int found,
        int missing,
        int additional,
        long filled,
        int columns,
        Map<String, String> byColumn) {

    static RowDifferences between(List<ComparedColumn> columns, List<List<String>> expected, List<List<String>> found) {
        List<List<String>> missing = without(expected, found);
        List<List<String>> additional = without(found, expected);
        long filled = columns.stream()
                .map(columns::indexOf)
                .filter(index -> expected.stream().anyMatch(row -> !row.get(index).equals(ComparedColumn.NOTHING)))
                .count();
        return new RowDifferences(
                expected.size(),
                found.size(),
                missing.size(),
                additional.size(),
                filled,
                columns.size(),
                byColumn(columns, missing, additional));
    }

    boolean none() {
        return missing == 0 && additional == 0;
    }

    private static List<List<String>> without(List<List<String>> rows, List<List<String>> others) {
        Map<List<String>, Integer> there = new HashMap<>();
        others.forEach(row -> there.merge(row, 1, Integer::sum));
        List<List<String>> left = new ArrayList<>();
        for (List<String> row : rows) {
            if (there.merge(row, -1, Integer::sum) < 0) {
                left.add(row);
            }
        }
        return left;
    }

    /** The first column of every view is the id of the record. */
    private static Map<String, String> byColumn(
            List<ComparedColumn> columns, List<List<String>> missing, List<List<String>> additional) {
        Map<String, List<List<String>>> byRecord = new HashMap<>();
        additional.forEach(row ->
                byRecord.computeIfAbsent(row.get(0), id -> new ArrayList<>()).add(row));
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, String> cases = new TreeMap<>();
        for (List<String> wanted : missing) {
            List<List<String>> others = byRecord.get(wanted.get(0));
            if (others == null || others.isEmpty()) {
                continue;
            }
            List<String> other = others.remove(0);
            for (int index = 0; index < columns.size(); index++) {
                if (!wanted.get(index).equals(other.get(index))) {
                    String name = columns.get(index).name();
                    counts.merge(name, 1, Integer::sum);
                    cases.putIfAbsent(name, "«%s» is «%s»".formatted(wanted.get(index), other.get(index)));
                }
            }
        }
        cases.replaceAll((name, one) -> counts.get(name) + " rows, " + one);
        return cases;
    }

    @Override
    public String toString() {
        String rows = "%d rows, %d of %d columns with values".formatted(expected, filled, columns);
        return none()
                ? "equal (" + rows + ")"
                : "DIFFERENT (%s; %d found, %d missing, %d additional) %s"
                        .formatted(rows, found, missing, additional, byColumn);
    }
}
