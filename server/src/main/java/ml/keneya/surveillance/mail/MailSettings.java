package ml.keneya.surveillance.mail;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Through which mail server alerts are sent, and to whom. Without {@code host} nothing is sent, and no other host is
 * ever spoken to.
 *
 * @param port 587 as RFC 6409 has it for {@code starttls}; 465 is usual for {@code tls} (RFC 8314)
 * @param protection how the connection is protected; {@code starttls} and {@code tls} send nothing when that fails
 * @param passwordFile a file that holds the password, read when no password is given
 * @param from the sender's address
 * @param recipients addresses by the code of a place: a region, a cercle, a commune, a facility, or {@code ML} for all
 *     alerts; upper and lower case are alike, because variables of the environment know no difference
 */
@ConfigurationProperties("keneya.mail")
record MailSettings(
        @Nullable String host,
        @DefaultValue("587") int port,
        @DefaultValue("starttls") Protection protection,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path passwordFile,
        @Nullable String from,
        @DefaultValue Map<String, List<String>> recipients) {

    /** Of the connection to the mail server. */
    enum Protection {
        /** Begins in the clear and goes on under TLS, or ends (RFC 3207). */
        STARTTLS,
        /** Under TLS from the first byte (RFC 8314). */
        TLS,
        /** For a mail server on the same machine. */
        NONE
    }

    MailSettings {
        Map<String, List<String>> byPlace = new TreeMap<>();
        recipients.forEach((place, addresses) -> byPlace.put(place.toUpperCase(Locale.ROOT), List.copyOf(addresses)));
        recipients = Map.copyOf(byPlace);
        if (host != null && !host.isBlank()) {
            if (from == null || from.isBlank()) {
                throw new IllegalArgumentException("keneya.mail.from must name the sender's address");
            }
            if (recipients.isEmpty()) {
                throw new IllegalArgumentException("keneya.mail.recipients.[place] must name an address at least");
            }
            if (protection == Protection.NONE && username != null && !isThisMachine(host)) {
                throw new IllegalArgumentException(
                        "keneya.mail.protection=none would send the password in the clear to another machine");
            }
        }
    }

    boolean isGiven() {
        return host != null && !host.isBlank();
    }

    /** Empty where nobody is named for the place. */
    List<String> of(String place) {
        return recipients.getOrDefault(place.toUpperCase(Locale.ROOT), List.of());
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost")
                || host.equals(InetAddress.getLoopbackAddress().getHostAddress());
    }
}
