/** Reads code systems as their publishers distribute them, and loads them into an exchange. */
@NullMarked
package ml.keneya.load.terminology;

import org.jspecify.annotations.NullMarked;
