package ml.keneya.validation.compiled;

import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Extension;
import org.jspecify.annotations.Nullable;

/**
 * Extensions have a definition of their own, found by their address, and stand only where it lets them.
 *
 * @param definitions the extension of an address, or nothing where none is known
 * @param parts names that the parts of a complex extension may have; nothing where any may stand
 * @param nested whether this is inside of an extension
 */
record ExtensionRule(
        Function<String, @Nullable Definition> definitions,
        @Nullable Set<String> parts,
        boolean nested) implements Rule {

    /** @param contexts paths or types where it may stand; "Element" for anywhere */
    record Definition(Set<String> contexts, Rule content) {

        boolean mayStandIn(Place container) {
            return contexts.contains("Element")
                    || contexts.contains(container.path())
                    || contexts.contains(container.element().fhirType());
        }
    }

    @Override
    public Opinion of(Place place) {
        if (!(place.element() instanceof Extension extension)) {
            return Opinion.UNSURE;
        }
        String url = extension.getUrl();
        Place container = place.above();
        if (url == null || url.isBlank() || container == null) {
            return Opinion.REFUSE;
        }
        if (url.indexOf(':') < 0) {
            return ofPart(url);
        }
        Definition definition = definitions.apply(url);
        if (definition != null) {
            return definition.mayStandIn(container) ? definition.content().of(place) : Opinion.UNSURE;
        }
        // Of an address that nobody defined it gives a hint; HL7's own may be of another version of FHIR.
        return Opinion.sureIf(Text.isAddress(url) && url.startsWith("http") && !url.contains("hl7.org"));
    }

    private Opinion ofPart(String name) {
        if (!nested) {
            return Opinion.REFUSE;
        }
        return Opinion.acceptIf(parts == null || parts.contains(name));
    }
}
