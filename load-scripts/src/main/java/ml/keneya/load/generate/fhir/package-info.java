/** Writes records as FHIR R4 JSON that keeps Mali's profiles. */
@NullMarked
package ml.keneya.load.generate.fhir;

import org.jspecify.annotations.NullMarked;
