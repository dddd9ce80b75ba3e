/** What an operator does with the trace of accesses. */
@NullMarked
package ml.keneya.load.audit;

import org.jspecify.annotations.NullMarked;
