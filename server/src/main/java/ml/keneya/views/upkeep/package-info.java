/** What a table of a view keeps of a record. */
@NullMarked
package ml.keneya.views.upkeep;

import org.jspecify.annotations.NullMarked;
