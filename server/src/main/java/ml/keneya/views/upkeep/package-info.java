/** Keeps the tables of views equal to the records: at every write, while they are built, and on request. */
@NullMarked
package ml.keneya.views.upkeep;

import org.jspecify.annotations.NullMarked;
