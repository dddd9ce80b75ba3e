/**
 * Turns the packages, their examples and the exchange's answers into pages to read and one FHIR NPM package to load.
 */
@NullMarked
package ml.keneya.guide;

import org.jspecify.annotations.NullMarked;
