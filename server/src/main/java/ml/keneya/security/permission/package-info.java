/** Remembers what people have allowed applications, and which of the tokens that come of it are good. */
@NullMarked
package ml.keneya.security.permission;

import org.jspecify.annotations.NullMarked;
