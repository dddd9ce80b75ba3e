package ml.keneya.conformance;

import java.util.List;
import java.util.Set;

/** Which codes of a code system are meant, as value sets say it. */
public sealed interface CodeCriterion {

    /** All of them. */
    record Every() implements CodeCriterion {}

    /** Those that are listed. */
    record Listed(Set<String> codes) implements CodeCriterion {
        public Listed {
            codes = Set.copyOf(codes);
        }
    }

    /** Those below a code, at any depth. */
    record Below(String code, boolean includingItself) implements CodeCriterion {}

    /** Those above a code, and the code itself. */
    record AtOrAbove(String code) implements CodeCriterion {}

    /** Those directly below a code. */
    record ChildOf(String code) implements CodeCriterion {}

    /** Those that are no longer used, or those that are. */
    record Inactive(boolean inactive) implements CodeCriterion {}

    /** Those of which a property has a value. */
    record Having(String property, String value) implements CodeCriterion {}

    /** Those that have a property, whatever its value. */
    record HavingAny(String property) implements CodeCriterion {}

    /** Those that meet one of several criteria; none when there are none. */
    record AnyOf(List<CodeCriterion> criteria) implements CodeCriterion {
        public AnyOf {
            criteria = List.copyOf(criteria);
        }
    }

    /** Those that meet several criteria; all when there are none. */
    record AllOf(List<CodeCriterion> criteria) implements CodeCriterion {
        public AllOf {
            criteria = List.copyOf(criteria);
        }
    }

    /** Those that do not meet a criterion. */
    record Not(CodeCriterion criterion) implements CodeCriterion {}
}
