/** Who lives where: households and persons, each a function of the seed and of its number. */
@NullMarked
package ml.keneya.load.generate.people;

import org.jspecify.annotations.NullMarked;
