/** Raises one alert for each event: a threshold of notifiable cases that is reached in a place. */
@NullMarked
package ml.keneya.surveillance.alert;

import org.jspecify.annotations.NullMarked;
