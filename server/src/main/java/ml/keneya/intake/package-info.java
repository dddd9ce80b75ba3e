/** Takes delivery: every bundle is acknowledged once, with a receipt in the transaction that stores it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"fhir", "conformance", "validation", "validation :: plausibility", "store"})
package ml.keneya.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
