package dev.sluice.local.functions;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts and bytes as literals; bytes come in hexadecimal. */
final class Quotes {

    private Quotes() {}

    static String text(String text) {
        char quote = quote(text);
        return quote + escaped(text.codePoints(), quote, Quotes::letter) + quote;
    }

    static String bytes(String hex) {
        String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        char quote = quote(text);
        return "b" + quote + escaped(text.codePoints(), quote, Quotes::octet) + quote;
    }

    /** Without quotation marks around them. */
    static String plainBytes(String hex) {
        String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        return escaped(text.codePoints(), '"', Quotes::octet).replace("'", "\\'");
    }

    private static char quote(String text) {
        return text.indexOf('"') >= 0 && text.indexOf('\'') < 0 ? '\'' : '"';
    }

    private static String escaped(IntStream letters, char quote, IntFunction<String> each) {
        return letters.mapToObj(letter -> letter == quote || letter == '\\' ? "\\" + (char) letter : each.apply(letter))
                .collect(Collectors.joining());
    }

    private static String letter(int letter) {
        return switch (letter) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> letter < ' ' || letter == 127 ? "\\x%02x".formatted(letter) : Character.toString(letter);
        };
    }

    private static String octet(int octet) {
        return octet < ' ' || octet > 126 ? "\\x%02x".formatted(octet) : Character.toString(octet);
    }
}
