/** The command line: which commands there are, in which language they speak, and how they end. */
@NullMarked
package ml.keneya.load;

import org.jspecify.annotations.NullMarked;
