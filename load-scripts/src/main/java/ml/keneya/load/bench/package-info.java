/** Measures what an exchange costs and how fast it answers, beside another one in the same run where asked. */
@NullMarked
package ml.keneya.load.bench;

import org.jspecify.annotations.NullMarked;
