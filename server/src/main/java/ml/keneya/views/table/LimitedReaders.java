package ml.keneya.views.table;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gets rows without names and without what is sensitive: an officer of some areas about the people there (decision
 * 0099), the agency about everybody, under pseudonyms (decision 0116).
 *
 * @param areas codes of administrative divisions; null for the whole country
 */
public record LimitedReaders(@Nullable Set<String> areas) {

    public static final LimitedReaders AGENCY = new LimitedReaders(null);

    public LimitedReaders {
        areas = areas == null ? null : Set.copyOf(areas);
    }

    /** Ids lead an officer to the cases that the area follows up; the agency joins rows by them and no more. */
    public boolean seePseudonyms() {
        return areas == null;
    }

    /** @param people the table of the view {@code patient} */
    public Residents among(ViewTable people) {
        return areas == null ? Residents.everywhere(people) : Residents.of(people, areas);
    }
}
