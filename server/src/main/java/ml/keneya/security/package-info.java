/** Who may do what, why, and the trace it leaves. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir"})
package ml.keneya.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
