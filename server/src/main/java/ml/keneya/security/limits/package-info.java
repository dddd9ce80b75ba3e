/** Sets limits to what one client can take or do, whoever it is. */
@NullMarked
package ml.keneya.security.limits;

import org.jspecify.annotations.NullMarked;
