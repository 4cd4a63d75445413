package dev.sluice.local.functions;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Addresses of the Internet's protocol; bytes come and go in hexadecimal. */
final class Addresses {

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String VERSION_4 = BYTE + "(\\." + BYTE + "){3}";
    private static final int BYTES_4 = 4;
    private static final int BYTES_6 = 16;
    private static final int GROUPS = 8;
    private static final int DIGITS = 4;
    private static final long LEAST = -0x80000000L;
    private static final long MOST = 0xFFFFFFFFL;

    private Addresses() {}

    static String parsed(String text) {
        if (text.matches(VERSION_4)) {
            return hex(text);
        }
        int point = text.lastIndexOf(':') + 1;
        boolean mixed = point > 0 && text.substring(point).matches(VERSION_4);
        String tail = mixed ? hex(text.substring(point)) : "";
        String whole =
                mixed ? text.substring(0, point) + tail.substring(0, DIGITS) + ":" + tail.substring(DIGITS) : text;
        String groups = filled(whole);
        if (!groups.matches("([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}")) {
            throw new GoogleError("NET.IP_FROM_STRING() encountered an unparseable IP-address: " + text);
        }
        return Arrays.stream(groups.split(":"))
                .map(group -> "0".repeat(DIGITS - group.length()) + group)
                .collect(Collectors.joining());
    }

    private static String hex(String dotted) {
        return Arrays.stream(dotted.split("\\."))
                .map(each -> HexFormat.of().toHexDigits((byte) Integer.parseInt(each)))
                .collect(Collectors.joining());
    }

    /** With zeros for two colons; what has too many stays wrong. */
    private static String filled(String text) {
        int gap = text.indexOf("::");
        if (gap < 0 || text.indexOf("::", gap + 1) >= 0) {
            return text;
        }
        String before = gap == 0 ? "" : text.substring(0, gap) + ":";
        String after = gap + 2 == text.length() ? "" : ":" + text.substring(gap + 2);
        long said = (before + after).chars().filter(letter -> letter == ':').count();
        return said >= GROUPS ? text : before + "0" + ":0".repeat((int) (GROUPS - 1 - said)) + after;
    }

    static String text(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length == BYTES_4) {
            return dotted(bytes, 0);
        }
        if (bytes.length != BYTES_6) {
            throw new GoogleError("NET.IP_TO_STRING() encountered an invalid IP address. Expected 4 (for IPv4) or 16"
                    + " (for IPv6) bytes but got " + bytes.length);
        }
        List<String> groups = IntStream.range(0, GROUPS)
                .mapToObj(i -> Integer.toHexString(Integer.parseInt(hex.substring(i * DIGITS, (i + 1) * DIGITS), 16)))
                .toList();
        return shortened(groups, dotted(bytes, BYTES_6 - BYTES_4));
    }

    private static String dotted(byte[] bytes, int from) {
        return IntStream.range(from, from + BYTES_4)
                .mapToObj(i -> String.valueOf(Byte.toUnsignedInt(bytes[i])))
                .collect(Collectors.joining("."));
    }

    /** @param dotted the last two groups otherwise, which stand in addresses that are of version 4 */
    private static String shortened(List<String> groups, String dotted) {
        int at = 0;
        int most = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zeros(groups, i);
            at = zeros > most ? i : at;
            most = Math.max(most, zeros);
        }
        if (at == 0 && (most == 6 || most == 5 && groups.get(5).equals("ffff"))) {
            return (most == 6 ? "::" : "::ffff:") + dotted;
        }
        return most == 1
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, at)) + "::" + String.join(":", groups.subList(at + most, GROUPS));
    }

    private static int zeros(List<String> groups, int from) {
        int end = from;
        while (end < GROUPS && groups.get(end).equals("0")) {
            end++;
        }
        return end - from;
    }

    static String mask(Long length, Long prefix) {
        if (length != BYTES_4 && length != BYTES_6) {
            throw new GoogleError(
                    "The first argument of NET.IP_NET_MASK() must be either 4 (for IPv4) or 16 (for IPv6);" + " got "
                            + length);
        }
        if (prefix < 0 || prefix > length * Byte.SIZE) {
            throw new GoogleError("The second argument of NET.IP_NET_MASK() must be between 0 and the first argument"
                    + " * 8; got " + prefix);
        }
        return truncated("ff".repeat(length.intValue()), prefix);
    }

    static String truncated(String hex, Long prefix) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != BYTES_4 && bytes.length != BYTES_6) {
            throw new GoogleError("The first argument of NET.IP_TRUNC() must have length 4 (for IPv4) or 16 (for IPv6);"
                    + " got " + bytes.length);
        }
        if (prefix < 0 || prefix > bytes.length * (long) Byte.SIZE) {
            throw new GoogleError("The second argument of NET.IP_TRUNC() must be between 0 and 8 * LENGTH(first"
                    + " argument); got " + prefix);
        }
        for (int bit = prefix.intValue(); bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return HexFormat.of().formatHex(bytes);
    }

    static String ofInteger(Long number) {
        if (number < LEAST || number > MOST) {
            throw new GoogleError("NET.IPV4_FROM_INT64() encountered an invalid integer IP. Expected range:"
                    + " [-0x80000000, 0xFFFFFFFF]; got " + number);
        }
        return HexFormat.of().toHexDigits(number.intValue());
    }

    static Long integer(String hex) {
        if (hex.length() != 2 * BYTES_4) {
            throw new GoogleError(
                    "NET.IPV4_TO_INT64() encountered a non-IPv4 address. Expected 4 bytes but got " + hex.length() / 2);
        }
        return Long.parseLong(hex, 16);
    }
}
