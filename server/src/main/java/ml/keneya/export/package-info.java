/** Hands it on: bulk exports of the records as they were at a moment. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir", "conformance", "validation", "store", "intake", "views"})
package ml.keneya.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
