/** Sends what a clinic exports as spreadsheets. */
@NullMarked
package ml.keneya.load.exports;

import org.jspecify.annotations.NullMarked;
