/** Accepts tokens of another issuer that the operator named, and places who shows them. */
@NullMarked
package ml.keneya.security.issuer;

import org.jspecify.annotations.NullMarked;
