/** Fetches bulk exports: in parallel, resumable, checked. */
@NullMarked
package ml.keneya.load.export;

import org.jspecify.annotations.NullMarked;
