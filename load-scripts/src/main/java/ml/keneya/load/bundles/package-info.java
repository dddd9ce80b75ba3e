/** Sends bundles that lie in files, and tells what became of each. */
@NullMarked
package ml.keneya.load.bundles;

import org.jspecify.annotations.NullMarked;
