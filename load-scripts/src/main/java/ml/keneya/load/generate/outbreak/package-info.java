/** Outbreaks put into the data with their truth known. */
@NullMarked
package ml.keneya.load.generate.outbreak;

import org.jspecify.annotations.NullMarked;
