/** Speaks HTTP with a FHIR base and is patient with it. */
@NullMarked
package ml.keneya.load.exchange;

import org.jspecify.annotations.NullMarked;
