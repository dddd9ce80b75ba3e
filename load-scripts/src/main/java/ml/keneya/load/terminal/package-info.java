/** Writes what people and scripts read: words in French or English, tables, JSON, CSV, exit statuses. */
@NullMarked
package ml.keneya.load.terminal;

import org.jspecify.annotations.NullMarked;
