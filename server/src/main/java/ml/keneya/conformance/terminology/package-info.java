/**
 * Answers questions about codes (what is in this list, is this code right, what is it called) from the class path
 * alone.
 */
@NullMarked
package ml.keneya.conformance.terminology;

import org.jspecify.annotations.NullMarked;
