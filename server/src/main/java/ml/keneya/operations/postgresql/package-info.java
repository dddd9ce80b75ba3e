/** Runs the PostgreSQL that is delivered with the exchange. */
@NullMarked
package ml.keneya.operations.postgresql;

import org.jspecify.annotations.NullMarked;
