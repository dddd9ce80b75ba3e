/** Sends what a clinic exports as spreadsheets. */
@NullMarked
package ml.keneya.load.clinic;

import org.jspecify.annotations.NullMarked;
