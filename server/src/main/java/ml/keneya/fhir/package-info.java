/** The HTTP face: builds the one RestfulServer from contributions and answers every refusal in French or English. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package ml.keneya.fhir;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
