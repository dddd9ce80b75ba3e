/** Hands the weekly figures on to DHIS2, and tells what became of each of them. */
@NullMarked
package ml.keneya.load.dhis2;

import org.jspecify.annotations.NullMarked;
