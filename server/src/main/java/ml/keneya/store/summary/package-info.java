/** Tells who treats a person what others recorded of her health: a summary, for a purpose that is stated. */
@NullMarked
package ml.keneya.store.summary;

import org.jspecify.annotations.NullMarked;
