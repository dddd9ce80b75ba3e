/** Refuses, in one line, a start that cannot succeed. */
@NullMarked
package ml.keneya.operations.start;

import org.jspecify.annotations.NullMarked;
