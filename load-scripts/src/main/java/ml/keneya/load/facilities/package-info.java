/** Keeps the register of facilities of an exchange as the official list has it. */
@NullMarked
package ml.keneya.load.facilities;

import org.jspecify.annotations.NullMarked;
