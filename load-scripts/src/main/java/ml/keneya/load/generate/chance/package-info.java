/** Chance that is the same on every machine: numbers are a function of a key and a count, nothing else. */
@NullMarked
package ml.keneya.load.generate.chance;

import org.jspecify.annotations.NullMarked;
