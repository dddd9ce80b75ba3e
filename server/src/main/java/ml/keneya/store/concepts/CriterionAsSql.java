package ml.keneya.store.concepts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ml.keneya.conformance.CodeCriterion;
import ml.keneya.conformance.CodeCriterion.AllOf;
import ml.keneya.conformance.CodeCriterion.AnyOf;
import ml.keneya.conformance.CodeCriterion.AtOrAbove;
import ml.keneya.conformance.CodeCriterion.Below;
import ml.keneya.conformance.CodeCriterion.ChildOf;
import ml.keneya.conformance.CodeCriterion.Every;
import ml.keneya.conformance.CodeCriterion.Having;
import ml.keneya.conformance.CodeCriterion.HavingAny;
import ml.keneya.conformance.CodeCriterion.Inactive;
import ml.keneya.conformance.CodeCriterion.Listed;
import ml.keneya.conformance.CodeCriterion.Not;

/**
 * A criterion as a condition on {@code keneya.loaded_concept c}, or on {@code keneya.loaded_term c}. The text is put
 * together from the constants below alone; whatever a caller says becomes a parameter.
 */
final class CriterionAsSql {

    private static final String BELOW = """
            c.code in (
                with recursive below (code) as (
                    select cast(%1$s as text) collate "C"
                    union
                    select p.code from keneya.loaded_parent p join below on p.parent = below.code
                    where p.system_id = :system)
                select code from below)""";

    /** For one code it is far less work to look upwards: few codes stand above one, but thousands below some. */
    private static final String BELOW_FOR_ONE = """
            cast(%1$s as text) collate "C" in (
                with recursive above (code) as (
                    select c.code
                    union
                    select p.parent from keneya.loaded_parent p join above on p.code = above.code
                    where p.system_id = :system)
                select code from above)""";

    private static final String AT_OR_ABOVE = """
            c.code in (
                with recursive above (code) as (
                    select cast(%1$s as text) collate "C"
                    union
                    select p.parent from keneya.loaded_parent p join above on p.code = above.code
                    where p.system_id = :system)
                select code from above)""";

    private static final String CHILD_OF = """
            c.code in (
                select p.code from keneya.loaded_parent p
                where p.system_id = :system and p.parent = %1$s)""";

    private static final String HAVING = """
            c.code in (
                select p.code from keneya.loaded_property p
                where p.system_id = :system and p.property = %1$s and p.value = %2$s)""";

    private static final String HAVING_ANY = """
            c.code in (
                select p.code from keneya.loaded_property p
                where p.system_id = :system and p.property = %1$s)""";

    /**
     * The same for thousands of codes: "is true" makes PostgreSQL look each code up in the set that it has in memory,
     * where it would look every member of the set up in the table. It takes the set for a small one always.
     */
    private static final String BELOW_OF_MANY = "(" + BELOW + ") is true";

    /**
     * A word stands in a name, or the code begins with it: clerks know the codes they use every day. It is a condition
     * on {@code keneya.loaded_term c}, where the first line is the code and the others are names.
     */
    private static final String WORD = "(c.words like %1$s or c.words like %2$s)";

    private final Map<String, Object> parameters = new HashMap<>();
    private final Function<String, String> below;

    private CriterionAsSql(Function<String, String> below) {
        this.below = below;
    }

    /**
     * A condition that is asked of all codes.
     *
     * @param wide whether thousands stand below a code
     */
    static CriterionAsSql forMany(Predicate<String> wide) {
        return new CriterionAsSql(code -> wide.test(code) ? BELOW_OF_MANY : BELOW);
    }

    /** A condition that is asked of one code, which the statement names besides. */
    static CriterionAsSql forOne() {
        return new CriterionAsSql(code -> BELOW_FOR_ONE);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String word(String plain) {
        String escaped = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return WORD.formatted(parameter("%\n%" + escaped + "%"), parameter(escaped + "%"));
    }

    String of(CodeCriterion criterion) {
        if (criterion instanceof Every) {
            return "true";
        }
        if (criterion instanceof Listed listed) {
            return "c.code = any(" + parameter(listed.codes().toArray(String[]::new)) + ")";
        }
        if (criterion instanceof Below all) {
            String text = below.apply(all.code()).formatted(parameter(all.code()));
            return all.includingItself() ? text : text + " and c.code <> " + parameter(all.code());
        }
        if (criterion instanceof AtOrAbove above) {
            return AT_OR_ABOVE.formatted(parameter(above.code()));
        }
        if (criterion instanceof ChildOf child) {
            return CHILD_OF.formatted(parameter(child.code()));
        }
        if (criterion instanceof Inactive state) {
            return state.inactive() ? "c.inactive" : "not c.inactive";
        }
        if (criterion instanceof Having having) {
            return HAVING.formatted(parameter(having.property()), parameter(having.value()));
        }
        if (criterion instanceof HavingAny having) {
            return HAVING_ANY.formatted(parameter(having.property()));
        }
        if (criterion instanceof Not not) {
            return "not (" + of(not.criterion()) + ")";
        }
        if (criterion instanceof AnyOf any) {
            return joined(any.criteria(), " or ", "false");
        }
        return joined(((AllOf) criterion).criteria(), " and ", "true");
    }

    private String joined(List<CodeCriterion> criteria, String word, String whenNone) {
        return criteria.isEmpty()
                ? whenNone
                : criteria.stream().map(each -> "(" + of(each) + ")").collect(Collectors.joining(word));
    }

    private String parameter(Object value) {
        String name = "given" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }
}
