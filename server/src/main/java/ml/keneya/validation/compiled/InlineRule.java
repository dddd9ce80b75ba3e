package ml.keneya.validation.compiled;

import java.util.List;
import org.hl7.fhir.r4.model.Base;

/** What a profile asks of the children of an element besides what the element's type asks. */
record InlineRule(List<ChildRule> children) implements Rule {

    InlineRule {
        children = List.copyOf(children);
    }

    @Override
    public Opinion of(Place place) {
        for (ChildRule child : children) {
            Base[] values = child.valuesIn(place.element());
            Opinion opinion = child.of(place, values);
            if (!opinion.accepts()) {
                return opinion;
            }
        }
        return Opinion.ACCEPT;
    }
}
