/** Says which weeks and days have more cases than a threshold allows or than the past lets expect: pure functions. */
@NullMarked
package ml.keneya.surveillance.detect;

import org.jspecify.annotations.NullMarked;
