package ml.keneya.validation.plausibility;

import java.util.List;

/**
 * That something is hardly true.
 *
 * @param rule the stable name of what it goes against
 * @param refuses whether the record is refused for it
 * @param place FHIRPath of the element, from the type of the resource
 * @param found the value that stands there
 * @param facts what the sentence of the rule and what it expects name, in their order
 */
public record Doubt(String rule, boolean refuses, String place, String found, List<Object> facts) {

    public Doubt {
        facts = List.copyOf(facts);
    }
}
