package dev.sluice.local.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of texts. */
final class TextFunctions {

    private TextFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        if (arguments.name().matches("UPPER|LOWER") && arguments.haveBytes()) {
            return asciiCase(arguments.require(1));
        }
        return switch (arguments.name()) {
            case "CONCAT" ->
                Concatenation.of(
                        arguments.at(), arguments.require(1, Integer.MAX_VALUE).all());
            case "LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH" -> length(arguments.require(1));
            case "BYTE_LENGTH", "OCTET_LENGTH" -> bytes(arguments.require(1));
            case "STARTS_WITH" -> two(arguments, Type.BOOL, "starts_with(%s, %s)");
            case "ENDS_WITH" -> two(arguments, Type.BOOL, "ends_with(%s, %s)");
            case "STRPOS" -> two(arguments, Type.INT64, "(+strpos(%s, %s))");
            case "REPLACE" -> replace(arguments.require(3));
            case "UPPER", "LOWER" ->
                Typed.total(
                        Type.STRING,
                        "bq_" + arguments.name().toLowerCase(Locale.ROOT) + "(%s)",
                        arguments.require(1).text(0));
            case "TRIM", "LTRIM", "RTRIM" -> trim(arguments.require(1, 2));
            case "REVERSE" -> arguments.require(1).text(0).as(Type.STRING, "bq_reverse(%s)");
            case "TRANSLATE" ->
                Typed.of(
                        Type.STRING,
                        "translate(%s, bq_distinct_letters(%s), %s)",
                        arguments.require(3).text(0),
                        arguments.text(1),
                        arguments.text(2));
            case "INITCAP" -> capitalized(arguments.require(1, 2));
            case "NORMALIZE" -> normalized(arguments.require(1, 2));
            case "UNICODE" ->
                arguments
                        .require(1)
                        .text(0)
                        .as(Type.INT64, "CASE WHEN %1$s = '' THEN 0 ELSE CAST(unicode(%1$s) AS BIGINT) END");
            case "ASCII" -> ascii(arguments.require(1));
            case "CHR" -> arguments.require(1).integer(0).as(Type.STRING, "chr(CAST(%s AS INTEGER))");
            case "FORMAT" -> Formats.translate(arguments);
            default -> null;
        };
    }

    private static Typed two(Arguments arguments, Type type, String format) {
        return Typed.total(type, format, arguments.require(2).text(0), arguments.text(1));
    }

    /** Bytes that are no letters of ASCII stay. */
    private static Typed asciiCase(Arguments arguments) {
        String small = "abcdefghijklmnopqrstuvwxyz";
        String large = small.toUpperCase(Locale.ROOT);
        boolean upper = arguments.name().equals("UPPER");
        String moved =
                "translate(bq_latin(hex(%s)), '" + (upper ? small : large) + "', '" + (upper ? large : small) + "')";
        return arguments.typed(0).as(Type.BYTES, "from_hex(bq_latin_bytes(" + moved + "))");
    }

    private static Typed length(Arguments arguments) {
        Typed value = arguments.typed(0);
        return value.type().equals(Type.BYTES)
                ? Typed.total(Type.INT64, "octet_length(%s)", value)
                : Typed.total(Type.INT64, "length(%s)", arguments.text(0));
    }

    private static Typed bytes(Arguments arguments) {
        Typed value = arguments.typed(0);
        return value.type().equals(Type.BYTES)
                ? Typed.total(Type.INT64, "octet_length(%s)", value)
                : Typed.total(Type.INT64, "strlen(%s)", arguments.text(0));
    }

    /** Nothing is replaced where nothing is looked for. */
    private static Typed replace(Arguments arguments) {
        return Typed.of(
                Type.STRING,
                "CASE WHEN %2$s = '' AND %3$s IS NOT NULL THEN %1$s ELSE replace(%1$s, %2$s, %3$s) END",
                arguments.text(0),
                arguments.text(1),
                arguments.text(2));
    }

    /** Of blanks if nothing else is said. */
    private static Typed trim(Arguments arguments) {
        if (arguments.count() == 1 && arguments.haveBytes()) {
            throw Coercions.mismatch(arguments.at(), arguments.typed(0));
        }
        Typed set = arguments.count() == 2
                ? arguments.text(1)
                : Typed.constant(
                        Type.STRING,
                        "concat(' ', chr(9), chr(10), chr(11), chr(12), chr(13), chr(133), chr(160), chr(5760),"
                                + " chr(8192), chr(8193), chr(8194), chr(8195), chr(8196), chr(8197), chr(8198), chr(8199),"
                                + " chr(8200), chr(8201), chr(8202), chr(8232), chr(8233), chr(8239), chr(8287), chr(12288))");
        String function = "bq_" + arguments.name().toLowerCase(Locale.ROOT);
        return Typed.of(Type.STRING, function + "(%s, %s)", arguments.text(0), set);
    }

    private static Typed ascii(Arguments arguments) {
        if (arguments.typed(0).type().equals(Type.BYTES)) {
            return arguments
                    .typed(0)
                    .as(
                            Type.INT64,
                            "CASE WHEN octet_length(%1$s) = 0 THEN 0"
                                    + " ELSE CAST(unicode(bq_latin(substr(hex(%1$s), 1, 2))) AS BIGINT) END");
        }
        return arguments
                .text(0)
                .as(
                        Type.INT64,
                        "CASE WHEN %1$s = '' THEN 0 WHEN ascii(%1$s) < 128 THEN CAST(ascii(%1$s) AS BIGINT)"
                                + " WHEN ascii(%1$s) > 127 THEN CAST(bq_error('Argument to ASCII is not a structurally valid ASCII string: '''"
                                + " || %1$s || '''') AS BIGINT) END");
    }

    private static Typed capitalized(Arguments arguments) {
        Typed delimiters =
                arguments.count() == 2 ? arguments.text(1) : Typed.text(" \t\n\r\f\u000b[](){}/|<>!?@\"^#$&~_,.:;*%+-");
        return Typed.of(Type.STRING, "bq_initcap(%s, %s)", arguments.text(0), delimiters);
    }

    private static Typed normalized(Arguments arguments) {
        String form = arguments.count() == 1 ? "NFC" : arguments.part(1).upper();
        if (!List.of("NFC", "NFD", "NFKC", "NFKD").contains(form)) {
            throw arguments.unsupported(form);
        }
        return arguments.text(0).as(Type.STRING, "bq_normalize(%s, '" + form + "')");
    }
}
