/** Makes it countable: rows of SQL on FHIR views, kept in the same transaction as the records. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir", "conformance", "validation", "store"})
package ml.keneya.views;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
