/**
 * Doubts what is well formed and hardly true: a weight that no child of that age has, a dose before the birth. Which
 * doubts there are, how strict they are and where their figures come from is data, in the tables beside this package.
 */
@NullMarked
@NamedInterface("plausibility")
package ml.keneya.validation.plausibility;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
