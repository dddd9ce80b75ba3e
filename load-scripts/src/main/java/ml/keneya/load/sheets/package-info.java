/** Reads spreadsheets saved as CSV, and says line by line what is wrong in them and what to do. */
@NullMarked
package ml.keneya.load.sheets;

import org.jspecify.annotations.NullMarked;
