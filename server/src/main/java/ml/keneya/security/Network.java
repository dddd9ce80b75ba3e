package ml.keneya.security;

import com.google.common.net.InetAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Where a request comes from, as far as it is counted. */
public final class Network {

    private static final int BYTES_OF_IPV6 = 16;
    private static final int BYTES_OF_A_SITE = 8;

    private Network() {}

    /** The address; of IPv6 the first 64 bits, because who has one of its addresses has all of them. */
    public static String of(HttpServletRequest request) {
        String address = String.valueOf(request.getRemoteAddr()).replaceFirst("%.*", "");
        if (!InetAddresses.isInetAddress(address)) {
            return address;
        }
        InetAddress read = InetAddresses.forString(address);
        byte[] bytes = read.getAddress();
        return bytes.length == BYTES_OF_IPV6 && !read.isLoopbackAddress()
                ? HexFormat.of().formatHex(Arrays.copyOf(bytes, BYTES_OF_A_SITE)) + "/64"
                : address;
    }
}
