package ml.keneya.guide;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MarkdownType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.StructureDefinition;

/** Which records a profile is for: those that one of their codes selects, without claiming it. */
final class Conditions {

    private Conditions() {}

    /** Nothing for a profile that is for every record of its type. */
    static List<Condition> of(StructureDefinition profile, ConformanceContent content) {
        return profile.getExtension().stream()
                .filter(each -> each.getUrl().endsWith("/ml-ext-applies-when"))
                .map(each -> condition(each, content))
                .toList();
    }

    private static Condition condition(Extension said, ConformanceContent content) {
        MarkdownType reason = (MarkdownType) part(said, "reason").getValue();
        return new Condition(said.getExtensionString("path"), selected(said, content), Text.of(reason));
    }

    private static Link selected(Extension said, ConformanceContent content) {
        if (said.hasExtension("coding")) {
            Coding code = (Coding) part(said, "coding").getValue();
            return linkTo(code.getSystem(), code.getCode(), content);
        }
        PrimitiveType<?> named = (PrimitiveType<?>)
                part(said, said.hasExtension("valueSet") ? "valueSet" : "uri").getValue();
        String address = named.getValueAsString();
        return linkTo(address, named instanceof CanonicalType ? address.replaceAll(".*/", "") : address, content);
    }

    private static Link linkTo(String canonical, String label, ConformanceContent content) {
        return new Link(
                label,
                content.byUrl(canonical)
                        .filter(PageNames::hasPage)
                        .map(PageNames::page)
                        .orElse(null));
    }

    private static Extension part(Extension said, String name) {
        return Objects.requireNonNull(said.getExtensionByUrl(name), name);
    }

    /**
     * @param path the element that is looked at
     * @param selected the code, list or address that it must have
     */
    record Condition(String path, Link selected, Text reason) {}
}
