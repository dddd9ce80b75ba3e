/** Keeps it running: the database it works on, its health, what is checked before it starts. */
@NullMarked
package ml.keneya.operations;

import org.jspecify.annotations.NullMarked;
