package ml.keneya.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Every reference that a record holds, with its place, those in extensions and contained resources included. */
final class ReferencesInRecord {

    private final List<Place> found = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();

    private ReferencesInRecord() {}

    /** @param path of the record, for example {@code Bundle.entry[3].resource} */
    static List<Place> of(Resource record, String path) {
        return in(record, path).found;
    }

    private static ReferencesInRecord in(Resource record, String path) {
        ReferencesInRecord references = new ReferencesInRecord();
        // A document or message is kept as it was sent; what its entries point to lies in itself.
        if (!record.fhirType().equals("Bundle")) {
            references.lookInto(record, path);
        }
        return references;
    }

    /** Points those references elsewhere whose target has another name by now. */
    static void replace(Resource record, Map<String, String> names) {
        in(record, "")
                .references
                .forEach(reference ->
                        reference.setReference(names.getOrDefault(reference.getReference(), reference.getReference())));
    }

    private void lookInto(Base element, String path) {
        if (element instanceof Reference reference && reference.hasReference()) {
            references.add(reference);
            found.add(new Place(reference.getReference(), path + ".reference"));
        }
        for (Property property : element.children()) {
            List<Base> values = property.getValues();
            String place = path + "." + property.getName().replace("[x]", "");
            for (int index = 0; index < values.size(); index++) {
                Base value = values.get(index);
                if (!(value instanceof PrimitiveType<?> primitive) || primitive.hasExtension()) {
                    lookInto(value, property.isList() ? place + "[" + index + "]" : place);
                }
            }
        }
    }

    /**
     * One reference.
     *
     * @param target as it was written
     * @param expression where it stands
     */
    record Place(String target, String expression) {}
}
