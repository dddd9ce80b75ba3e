/** Watches: epidemiological weeks, places, indicators and the reports made of them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir", "conformance", "validation", "store"})
package ml.keneya.surveillance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
