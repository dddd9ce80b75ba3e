/** Writes rows of views as CSV, NDJSON and JSON. */
@NullMarked
package ml.keneya.views.output;

import org.jspecify.annotations.NullMarked;
