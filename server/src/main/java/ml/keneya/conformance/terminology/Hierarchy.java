package ml.keneya.conformance.terminology;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which code stands under which in a code system. What that means, a kind of something or a part of it, the system says
 * in {@code hierarchyMeaning}.
 */
interface Hierarchy {

    List<String> childrenOf(String code);

    boolean isAbove(String code, String other);

    /** Reads at once what {@link #nearestAbove} will be asked about. */
    default void readAhead(Collection<String> codes) {}

    /** The nearest code above that meets a condition. */
    @Nullable
    String nearestAbove(String code, Predicate<String> condition);
}
