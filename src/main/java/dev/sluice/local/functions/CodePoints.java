package dev.sluice.local.functions;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Letters as numbers, and bytes as letters; bytes come and go in hexadecimal, lists as DuckDB writes them. */
final class CodePoints {

    private static final int LARGEST_BYTE = 255;
    private static final int LONGEST = 4;
    private static final String REPLACEMENT = "\ufffd";

    private CodePoints() {}

    /** NULL if one of the numbers is. */
    static @Nullable String text(String list) {
        if (list.contains("NULL")) {
            return null;
        }
        var text = new StringBuilder();
        numbers(list).forEach(point -> text.appendCodePoint(known(point)));
        return text.toString();
    }

    private static int known(long point) {
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        if (point < 0 || point > Character.MAX_CODE_POINT || surrogate) {
            throw new GoogleError("Invalid codepoint " + point);
        }
        return (int) point;
    }

    private static LongStream numbers(String list) {
        String numbers = list.replaceAll("[\\[\\]\\s]", "");
        return numbers.isEmpty()
                ? LongStream.empty()
                : Arrays.stream(numbers.split(",")).mapToLong(Long::parseLong);
    }

    static @Nullable String bytes(String list) {
        if (list.contains("NULL")) {
            return null;
        }
        return numbers(list).mapToObj(CodePoints::octet).collect(Collectors.joining());
    }

    private static String octet(long value) {
        if (value < 0 || value > LARGEST_BYTE) {
            throw new GoogleError("Invalid ASCII value " + value);
        }
        return HexFormat.of().toHexDigits((byte) value);
    }

    static String of(String text) {
        return text.codePoints().mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }

    /** A letter for each byte. */
    static String latin(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    static String latinBytes(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** With a replacement for each byte that belongs to no letter. */
    static String readable(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        var text = new StringBuilder();
        int at = 0;
        while (at < bytes.length) {
            int length = letter(bytes, at);
            text.append(length == 0 ? REPLACEMENT : new String(bytes, at, length, StandardCharsets.UTF_8));
            at += Math.max(1, length);
        }
        return text.toString();
    }

    /** How many bytes the letter has; 0 if there is none. */
    private static int letter(byte[] bytes, int at) {
        for (int length = 1; length <= LONGEST && at + length <= bytes.length; length++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
                return length;
            } catch (CharacterCodingException e) {
                // more bytes may make a letter
            }
        }
        return 0;
    }
}
