/** Decides what a caller may do. */
@NullMarked
package ml.keneya.security.access;

import org.jspecify.annotations.NullMarked;
