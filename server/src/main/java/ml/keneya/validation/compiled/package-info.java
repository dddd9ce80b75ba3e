/**
 * Says of most valid records, at a fraction of the price, that the official validator would find nothing to say. Made
 * from the same definitions; what it does not know makes it unsure, never silent.
 */
@NullMarked
package ml.keneya.validation.compiled;

import org.jspecify.annotations.NullMarked;
