package ml.keneya.validation.compiled;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Meta;

/**
 * How often a child may stand, and what is asked of each.
 *
 * @param name without {@code [x]}
 * @param hash of the name, by which the model looks it up
 * @param slices none where the child is not sliced
 */
record ChildRule(String name, int hash, Count count, List<Rule> each, List<SliceRule> slices, boolean open) {

    private static final Base[] NONE = {};

    ChildRule(String name, Count count, List<Rule> each, List<SliceRule> slices, boolean open) {
        this(name, name.hashCode(), count, List.copyOf(each), List.copyOf(slices), open);
    }

    /** An empty meta is there as soon as somebody asks the model for it. */
    Base[] valuesIn(Base element) {
        Base[] values = element.getProperty(hash, name, false);
        boolean none = values == null || (values.length == 1 && values[0] instanceof Meta meta && meta.isEmpty());
        return none ? NONE : values;
    }

    Opinion of(Place parent, Base[] values) {
        if (!count.allows(values.length)) {
            return Opinion.REFUSE;
        }
        if (values.length == 0) {
            return slices.stream().allMatch(slice -> slice.count().allows(0)) ? Opinion.ACCEPT : Opinion.REFUSE;
        }
        for (Base value : values) {
            if (value == null) {
                return Opinion.UNSURE;
            }
            Opinion opinion = Rules.all(each, parent.below(name, value));
            if (!opinion.accepts()) {
                return opinion;
            }
        }
        return slices.isEmpty() ? Opinion.ACCEPT : sliced(parent, values);
    }

    private Opinion sliced(Place parent, Base[] values) {
        int[] matched = new int[slices.size()];
        for (Base value : values) {
            int matches = 0;
            for (int index = 0; index < matched.length; index++) {
                SliceRule slice = slices.get(index);
                if (slice.matches(value)) {
                    matches++;
                    matched[index]++;
                    Opinion opinion = Rules.all(slice.each(), parent.below(name, value));
                    if (!opinion.accepts()) {
                        return opinion;
                    }
                }
            }
            if (matches > 1 || (matches == 0 && !open)) {
                return Opinion.REFUSE;
            }
        }
        for (int index = 0; index < matched.length; index++) {
            if (!slices.get(index).count().allows(matched[index])) {
                return Opinion.REFUSE;
            }
        }
        return Opinion.ACCEPT;
    }

    /** How often, both ends included. */
    record Count(int least, int most) {

        static Count of(int least, String most) {
            return new Count(least, "*".equals(most) ? Integer.MAX_VALUE : Integer.parseInt(most));
        }

        boolean allows(int number) {
            return number >= least && number <= most;
        }
    }
}
