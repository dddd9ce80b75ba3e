/** Serves what was written while building: Mali's guide for people, and the FHIR NPM package for their tools. */
@NullMarked
package ml.keneya.fhir.guide;

import org.jspecify.annotations.NullMarked;
