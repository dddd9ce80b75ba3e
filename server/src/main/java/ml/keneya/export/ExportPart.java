package ml.keneya.export;

import org.jspecify.annotations.Nullable;

/**
 * One file of an export: a range of records, the records that were chosen, or whole blocks of lines.
 *
 * @param deletions whether it tells of deleted records
 * @param keys of the chosen records; null for others
 * @param blocks of a file of patients' blocks, or of deliveries; null for others
 * @param records lines of the file, or deletions in it
 */
@SuppressWarnings("ArrayRecordComponent") // A hundred thousand boxed numbers would be no better, and nobody compares.
record ExportPart(
        long number,
        String resourceType,
        boolean deletions,
        long after,
        long last,
        long @Nullable [] keys,
        @Nullable Blocks blocks,
        long records) {

    /** The first and the last of blocks that lie one after the other. */
    record Blocks(String first, String last) {}

    static ExportPart range(String resourceType, long after, long last, long records) {
        return new ExportPart(0, resourceType, false, after, last, null, null, records);
    }

    static ExportPart chosen(String resourceType, boolean deletions, long[] keys) {
        return new ExportPart(0, resourceType, deletions, 0, 0, keys, null, keys.length);
    }
}
