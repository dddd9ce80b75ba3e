/** Knows the people who may call, and finds out whether it is they. */
@NullMarked
package ml.keneya.security.people;

import org.jspecify.annotations.NullMarked;
