package ml.keneya.export.pseudonymised;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element that is left of a record, with those in it that are. What is not among them is not left. */
final class KeptElement {

    private ElementRule rule = ElementRule.PARTS;
    private final Map<String, KeptElement> parts = new HashMap<>();

    ElementRule rule() {
        return rule;
    }

    void ruled(ElementRule by) {
        rule = by;
    }

    boolean hasParts() {
        return rule == ElementRule.PARTS || rule == ElementRule.FIRST;
    }

    /** @param name of an element, or of an extension with its address in brackets */
    @Nullable
    KeptElement part(String name) {
        return parts.get(name);
    }

    KeptElement partOrNew(String name) {
        return parts.computeIfAbsent(name, each -> new KeptElement());
    }
}
