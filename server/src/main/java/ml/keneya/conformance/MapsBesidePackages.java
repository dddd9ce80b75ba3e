package ml.keneya.conformance;

import java.util.List;
import org.hl7.fhir.r4.model.ConceptMap;

/** ConceptMaps that come with something else than a package, and are translated by like those. */
public interface MapsBesidePackages {

    List<ConceptMap> maps();
}
