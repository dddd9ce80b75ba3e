/** Makes of a record what may be handed on to those who count and need not know whom. */
@NullMarked
package ml.keneya.export.pseudonymised;

import org.jspecify.annotations.NullMarked;
