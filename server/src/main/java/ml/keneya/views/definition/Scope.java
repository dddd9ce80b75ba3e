package ml.keneya.views.definition;

import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/**
 * What an expression can see beside the element it stands on.
 *
 * @param resource the record, for {@code %resource}
 * @param constants of the definition
 * @param rowIndex {@code %rowIndex}: the position of the element in what is iterated, from 0
 */
record Scope(Resource resource, Map<String, Base> constants, int rowIndex) {

    Scope at(int index) {
        return new Scope(resource, constants, index);
    }
}
