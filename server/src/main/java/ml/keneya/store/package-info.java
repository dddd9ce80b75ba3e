/** Keeps the record: the only package that knows HAPI JPA's insides and its tables. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir", "conformance", "validation", "validation :: plausibility"})
package ml.keneya.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
