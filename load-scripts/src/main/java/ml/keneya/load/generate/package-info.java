/** Makes a synthetic Mali: the same seed and options give the same bytes on every machine. */
@NullMarked
package ml.keneya.load.generate;

import org.jspecify.annotations.NullMarked;
