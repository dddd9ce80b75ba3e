/** Keeps code systems that an operator loads from their publishers' files, and answers questions about them by SQL. */
@NullMarked
package ml.keneya.store.concepts;

import org.jspecify.annotations.NullMarked;
