/** Turns the CSV lists of Malian terminology into a FHIR package, while Maven builds and never at run time. */
@NullMarked
package ml.keneya.terminology;

import org.jspecify.annotations.NullMarked;
