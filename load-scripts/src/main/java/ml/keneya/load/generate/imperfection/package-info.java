/** The faults that real deliveries carry, put in on request and written down. */
@NullMarked
package ml.keneya.load.generate.imperfection;

import org.jspecify.annotations.NullMarked;
