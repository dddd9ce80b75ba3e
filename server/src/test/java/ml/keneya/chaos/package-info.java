/** Kills servers and databases while clinics post, and counts what is lost and what is doubled. */
@NullMarked
package ml.keneya.chaos;

import org.jspecify.annotations.NullMarked;
