package ml.keneya.validation.compiled;

import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * An element and where it stands.
 *
 * @param above nothing for the record itself
 */
record Place(@Nullable Place above, String name, Base element, Resource record) {

    static Place top(Resource record) {
        return new Place(null, record.fhirType(), record, record);
    }

    Place below(String child, Base value) {
        return new Place(this, child, value, record);
    }

    /** Names from the record down, as the contexts of extensions are written. */
    String path() {
        return above == null ? name : above.path() + "." + name;
    }
}
