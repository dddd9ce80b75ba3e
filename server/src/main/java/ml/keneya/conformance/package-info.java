/** What "valid in Mali" means: loads the two packages and owns every canonical URL. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir"})
package ml.keneya.conformance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
