/** Issues access tokens to systems and finds out from a token who is calling. */
@NullMarked
package ml.keneya.security.token;

import org.jspecify.annotations.NullMarked;
