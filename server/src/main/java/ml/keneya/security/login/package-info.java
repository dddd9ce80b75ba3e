/** The page on which people say who they are. */
@NullMarked
package ml.keneya.security.login;

import org.jspecify.annotations.NullMarked;
