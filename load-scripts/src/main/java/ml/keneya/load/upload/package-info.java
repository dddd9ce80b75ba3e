/** Sends the files of an export, or any NDJSON, to an exchange. */
@NullMarked
package ml.keneya.load.upload;

import org.jspecify.annotations.NullMarked;
