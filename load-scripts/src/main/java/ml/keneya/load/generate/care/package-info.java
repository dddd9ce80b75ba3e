/** What happens to a person over the years: vaccinations, pregnancies, illness, telehealth, death. */
@NullMarked
package ml.keneya.load.generate.care;

import org.jspecify.annotations.NullMarked;
