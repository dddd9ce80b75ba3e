/** Measures how soon and how surely weekly rules find outbreaks whose truth is known. */
@NullMarked
package ml.keneya.load.detect;

import org.jspecify.annotations.NullMarked;
