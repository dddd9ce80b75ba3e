package ml.keneya.views.upkeep;

import java.util.List;

/**
 * What a comparison of a table with the stored records found.
 *
 * @param records how many were made afresh
 * @param unfit how many of them do not fit the definition and therefore have no rows
 * @param differences how many records have other rows in the table than they should
 * @param examples ids of some of those
 */
public record Verification(String view, long records, long unfit, long differences, List<String> examples) {

    public Verification {
        examples = List.copyOf(examples);
    }
}
