/** Pulls from the exchange what the agency watches: people with their vaccines, encounters of a week. */
@NullMarked
package ml.keneya.load.agency;

import org.jspecify.annotations.NullMarked;
