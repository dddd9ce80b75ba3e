/**
 * What is known of Mali, read from the tables beside this package: places, facilities, names, ages, seasons, schedule.
 */
@NullMarked
package ml.keneya.load.generate.mali;

import org.jspecify.annotations.NullMarked;
