/** Guards the door: nothing unconforming is kept. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir", "conformance"})
package ml.keneya.validation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
