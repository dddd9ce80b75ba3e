/** Proves that the compiled profiles accept what clinics send and refuse what they must. */
@NullMarked
package ml.keneya.profiles;

import org.jspecify.annotations.NullMarked;
