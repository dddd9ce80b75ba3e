package ml.keneya.export.upload;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells addresses of the public network from those of this machine, its neighbours and whatever the network's owner
 * keeps for itself (RFC 6890 and its registry).
 */
final class PublicAddresses {

    private PublicAddresses() {}

    static boolean holds(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? holdsIpv4(bytes) : address instanceof Inet6Address && holdsIpv6(bytes);
    }

    private static boolean holdsIpv4(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        int third = bytes[2] & 0xFF;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean relays = first == 192 && second == 88 && third == 99;
        boolean benchmarks = first == 198 && (second == 18 || second == 19);
        boolean examples = first == 198 && second == 51 && third == 100 || first == 203 && second == 0 && third == 113;
        return first != 0 && first < 224 && !shared && !protocols && !relays && !benchmarks && !examples;
    }

    /** Only 2000::/3 is given out, and in it not what leads to IPv4 (6to4, Teredo) or nowhere (documentation). */
    private static boolean holdsIpv6(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        int second = (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        boolean given = first >> 13 == 1;
        boolean special = first == 0x2001 && (second < 0x200 || second == 0xDB8);
        return given && !special && first != 0x2002 && first != 0x3FFF;
    }
}
