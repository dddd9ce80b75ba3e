/** Knows the systems that may call. */
@NullMarked
package ml.keneya.security.client;

import org.jspecify.annotations.NullMarked;
