package ml.keneya.views.definition;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tables join by: the id of the record. Ids are unique for each resource type here, and a key is only
 * compared with keys of the same type.
 */
final class Keys {

    private Keys() {}

    static List<Base> ofResources(List<Base> focus) {
        List<Base> keys = new ArrayList<>(1);
        for (Base each : focus) {
            if (each instanceof Resource resource && resource.hasId()) {
                keys.add(new StringType(resource.getIdElement().getIdPart()));
            }
        }
        return keys;
    }

    static List<Base> ofReferences(List<Base> focus, @Nullable String type) {
        List<Base> keys = new ArrayList<>(1);
        for (Base each : focus) {
            String key = each instanceof Reference reference ? ofReference(reference, type) : null;
            if (key != null) {
                keys.add(new StringType(key));
            }
        }
        return keys;
    }

    /** References to other servers and to contained records have no row here, and therefore no key. */
    static @Nullable String ofReference(Reference reference, @Nullable String type) {
        String text = reference.getReference();
        if (text == null || text.startsWith("#") || text.startsWith("urn:")) {
            return null;
        }
        IIdType id = new IdType(text);
        boolean here = !id.hasBaseUrl() && id.hasIdPart() && id.hasResourceType();
        return here && (type == null || type.equals(id.getResourceType())) ? id.getIdPart() : null;
    }
}
