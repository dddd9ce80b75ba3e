package ml.keneya.validation;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.XhtmlType;

/** The value that stands at a path of a resource, as short as it can be shown. */
final class ValueAt {

    private static final Pattern STEP = Pattern.compile("\\.(ofType\\(\\w+\\)|(\\w+)(?:\\[(\\d+)])?)");
    private static final int LONGEST = 80;

    private ValueAt() {}

    /**
     * @param path as the validator names an element, from the type of the resource
     * @return empty where nothing stands that could be shown in a line
     */
    static String path(Base resource, String path) {
        List<Base> at = List.of(resource);
        Matcher step = STEP.matcher(path);
        while (step.find() && !at.isEmpty()) {
            if (step.group(2) != null) {
                at = children(at.get(0), step.group(2), step.group(3));
            }
        }
        String shown = at.isEmpty() || path.indexOf('.') < 0 ? "" : show(at.get(0));
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
    }

    private static List<Base> children(Base parent, String name, String index) {
        try {
            // HAPI gives null for an element that it does not know there, and may list what is not set as null.
            Base[] children = parent.listChildrenByName(name, false);
            List<Base> all = children == null
                    ? List.of()
                    : Stream.of(children).filter(Objects::nonNull).toList();
            int first = index == null ? 0 : Integer.parseInt(index);
            return first < all.size() ? all.subList(first, all.size()) : List.of();
        } catch (FHIRException unknown) {
            return List.of();
        }
    }

    private static String show(Base value) {
        // Neither can be read in a line.
        if (value instanceof XhtmlType || value instanceof Base64BinaryType) {
            return "";
        }
        if (value instanceof PrimitiveType<?> primitive) {
            return primitive.hasValue() ? primitive.getValueAsString() : "";
        }
        if (value instanceof Coding coding) {
            return String.join("#", present(coding.getSystem(), coding.getCode()));
        }
        if (value instanceof CodeableConcept concept) {
            return concept.hasCoding()
                    ? show(concept.getCodingFirstRep())
                    : String.join("", present(concept.getText()));
        }
        if (value instanceof Quantity quantity) {
            return String.join(
                    " ",
                    present(
                            quantity.getValueElement().getValueAsString(),
                            quantity.hasUnit() ? quantity.getUnit() : quantity.getCode()));
        }
        if (value instanceof Period period) {
            return String.join(
                    " – ",
                    present(
                            period.getStartElement().getValueAsString(),
                            period.getEndElement().getValueAsString()));
        }
        return value instanceof Reference reference ? String.join("", present(reference.getReference())) : "";
    }

    private static List<String> present(String... parts) {
        return Stream.of(parts).filter(part -> part != null && !part.isEmpty()).toList();
    }
}
