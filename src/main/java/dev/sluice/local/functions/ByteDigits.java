package dev.sluice.local.functions;

import java.util.Base64;
import java.util.HexFormat;

/** Bytes, themselves in hexadecimal digits, as binary and octal ones, of which the first are the highest. */
final class ByteDigits {

    private static final int BINARY = 1;
    private static final int OCTAL = 3;
    private static final int LINE = 76;

    private ByteDigits() {}

    static String base2(String hex) {
        return written(HexFormat.of().parseHex(hex), BINARY);
    }

    static String base8(String hex) {
        return written(HexFormat.of().parseHex(hex), OCTAL);
    }

    /** In lines, as RFC 2045 wants them. */
    static String base64m(String hex) {
        return Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                .encodeToString(HexFormat.of().parseHex(hex));
    }

    /** BigQuery says where a digit is wrong within the eight of its byte. */
    static String fromBase2(String text) {
        for (int end = text.length(); end > 0; end -= Byte.SIZE) {
            int start = Math.max(0, end - Byte.SIZE);
            for (int i = start; i < end; i++) {
                if (text.charAt(i) != '0' && text.charAt(i) != '1') {
                    throw new GoogleError("Failed to decode invalid base2 string due to character '%c' at offset %d"
                            .formatted(text.charAt(i), i - start));
                }
            }
        }
        return read(text, BINARY, (text.length() + 7) / Byte.SIZE);
    }

    /** Three digits are a byte, eight are three; what does not fit is left out. */
    static String fromBase8(String text) {
        if (text.chars().anyMatch(letter -> letter < '0' || letter > '7')) {
            throw new GoogleError("Failed to decode invalid base8 string");
        }
        return read(text, OCTAL, (text.length() * OCTAL + 5) / Byte.SIZE);
    }

    private static String written(byte[] bytes, int width) {
        int digits = (bytes.length * Byte.SIZE + width - 1) / width;
        var text = new StringBuilder(digits);
        for (int place = digits - 1; place >= 0; place--) {
            int digit = 0;
            for (int bit = width - 1; bit >= 0; bit--) {
                digit = digit << 1 | bit(bytes, place * width + bit);
            }
            text.append((char) ('0' + digit));
        }
        return text.toString();
    }

    private static int bit(byte[] bytes, int place) {
        int index = bytes.length - 1 - place / Byte.SIZE;
        return index < 0 ? 0 : bytes[index] >> place % Byte.SIZE & 1;
    }

    private static String read(String digits, int width, int size) {
        var bytes = new byte[size];
        for (int place = 0; place < size * Byte.SIZE && place / width < digits.length(); place++) {
            int digit = digits.charAt(digits.length() - 1 - place / width) - '0';
            int bit = digit >> place % width & 1;
            bytes[size - 1 - place / Byte.SIZE] |= (byte) (bit << place % Byte.SIZE);
        }
        return HexFormat.of().formatHex(bytes);
    }
}
