package ml.keneya.validation.compiled;

import java.util.List;
import org.hl7.fhir.r4.model.Base;

/**
 * What is asked of those values of a child whose discriminator has a value.
 *
 * @param discriminator a child of the value, the only kind that our profiles use
 */
record SliceRule(String discriminator, String value, ChildRule.Count count, List<Rule> each) {

    SliceRule {
        each = List.copyOf(each);
    }

    boolean matches(Base element) {
        Base[] found = element.getProperty(discriminator.hashCode(), discriminator, false);
        return found != null && found.length == 1 && value.equals(found[0].primitiveValue());
    }
}
