package ml.keneya.surveillance;

import java.util.List;
import org.hl7.fhir.r4.model.ConceptMap;

/**
 * The form of DHIS2 that takes the figures of an indicator.
 *
 * @param code from the ConceptMap's identifier
 */
record DataSet(String code, List<Correspondence> elements) {

    DataSet {
        elements = List.copyOf(elements);
    }

    static DataSet of(ConceptMap map) {
        return new DataSet(map.getIdentifier().getValue(), Correspondence.of(map));
    }
}
