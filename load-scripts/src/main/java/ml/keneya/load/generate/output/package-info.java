/** Where the data go: files of records, files of bundles, or an exchange. */
@NullMarked
package ml.keneya.load.generate.output;

import org.jspecify.annotations.NullMarked;
