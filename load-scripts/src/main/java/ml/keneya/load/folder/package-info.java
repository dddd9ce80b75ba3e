/** Loads a folder of bundles, several at a time, and goes on where an earlier run stopped; writes files that last. */
@NullMarked
package ml.keneya.load.folder;

import org.jspecify.annotations.NullMarked;
