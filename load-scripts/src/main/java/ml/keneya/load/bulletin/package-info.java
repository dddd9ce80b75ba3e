/** The weekly bulletin: what the exchange answers about a week, drawn and written for people. */
@NullMarked
package ml.keneya.load.bulletin;

import org.jspecify.annotations.NullMarked;
