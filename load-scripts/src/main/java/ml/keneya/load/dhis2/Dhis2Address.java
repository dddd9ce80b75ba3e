package ml.keneya.load.dhis2;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import ml.keneya.load.exchange.FhirBase;

/**
 * Where a DHIS2 is, without {@code /api}. A token goes over TLS only, unless it stays on this machine, and no address
 * carries a password.
 */
record Dhis2Address(FhirBase base) {
    /** Nothing where the address is none, or not safe. */
    static Optional<Dhis2Address> of(String text) {
        try {
            FhirBase base =
                    new FhirBase(URI.create(text.strip().replaceAll("/+$", "").replaceAll("/api$", "")));
            return base.uri().getUserInfo() == null && isSafe(base.uri())
                    ? Optional.of(new Dhis2Address(base))
                    : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean isSafe(URI address) {
        if ("https".equalsIgnoreCase(address.getScheme())) {
            return true;
        }
        String host = address.getHost();
        // Only addresses, and the name that always means this machine: a name server may say anything.
        boolean literal = host.equals("localhost") || host.matches("[0-9.]+|\\[.*]");
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
