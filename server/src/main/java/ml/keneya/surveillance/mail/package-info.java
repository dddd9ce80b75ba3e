/** Tells people of alerts by e-mail, where the operator names a mail server. */
@NullMarked
package ml.keneya.surveillance.mail;

import org.jspecify.annotations.NullMarked;
