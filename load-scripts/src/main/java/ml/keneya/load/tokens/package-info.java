/** Proves to an exchange who is calling, by SMART Backend Services. */
@NullMarked
package ml.keneya.load.tokens;

import org.jspecify.annotations.NullMarked;
