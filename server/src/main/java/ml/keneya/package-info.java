/** The exchange: a clinic's bundle goes in, what the agency needs comes out. */
@NullMarked
package ml.keneya;

import org.jspecify.annotations.NullMarked;
