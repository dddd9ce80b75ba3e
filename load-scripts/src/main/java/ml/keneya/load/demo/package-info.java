/** Shows the exchange at work with three sending sites, and fails when what they sent does not come back. */
@NullMarked
package ml.keneya.load.demo;

import org.jspecify.annotations.NullMarked;
