package ml.keneya.validation.compiled;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Base;
import org.jspecify.annotations.Nullable;

/** What is asked of an element's children, and of the element once they are known to be sound. */
final class ElementRule implements Rule {

    private final List<ChildRule> children;
    private final List<Rule> own;
    private final Set<String> names;

    /** The class whose every field has a rule; the others are looked at once. */
    private volatile @Nullable Class<?> covered;

    ElementRule(List<ChildRule> children, List<Rule> own) {
        this.children = List.copyOf(children);
        this.own = List.copyOf(own);
        this.names = children.stream().map(ChildRule::name).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Opinion of(Place place) {
        if (!covers(place.element())) {
            return Opinion.UNSURE;
        }
        int found = 0;
        for (ChildRule child : children) {
            Base[] values = child.valuesIn(place.element());
            found += values.length;
            Opinion opinion = child.of(place, values);
            if (!opinion.accepts()) {
                return opinion;
            }
        }
        // What is empty is left out of the text that the official validator reads.
        return found == 0 ? Opinion.UNSURE : Rules.all(own, place);
    }

    /** A field of the model that no definition speaks of would be skipped in silence. */
    private boolean covers(Base element) {
        if (covered != element.getClass()) {
            boolean whole = element.children().stream()
                    .map(property -> property.getName().replace("[x]", ""))
                    .allMatch(names::contains);
            if (!whole) {
                return false;
            }
            covered = element.getClass();
        }
        return true;
    }
}
