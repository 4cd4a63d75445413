package dev.sluice.local.sql;

import java.util.Locale;

/** Casts between BYTES and STRING by the name of an encoding. */
final class EncodedCasts {

    private final Expression.Cast cast;
    private final String encoding;

    EncodedCasts(Expression.Cast cast, String format) {
        this.cast = cast;
        this.encoding = format.toUpperCase(Locale.ROOT);
    }

    Typed translate(Typed value) {
        boolean decodes = cast.type().equals(Type.BYTES);
        return switch (encoding) {
            case "HEX", "BASE16" ->
                decodes
                        ? caught(value, "from_hex(CASE WHEN length(%1$s) %% 2 = 1 THEN '0' || %1$s ELSE %1$s END)")
                        : value.as(Type.STRING, "lower(hex(%s))");
            case "BASE64" -> decodes ? decoded(value, "base64") : value.as(Type.STRING, "to_base64(%s)");
            case "BASE64M" -> decodes ? decoded(value, "base64") : encoded(value);
            case "BASE2", "BASE8", "BASE32" ->
                decodes ? decoded(value, encoding.toLowerCase(Locale.ROOT)) : encoded(value);
            case "UTF-8", "UTF8" -> Casts.cast(value, cast.type(), cast.safe(), cast.at());
            case "ASCII" -> ascii(Casts.cast(value, cast.type(), cast.safe(), cast.at()), decodes);
            default -> throw SqlRefused.wrong("Invalid format '%s'".formatted(encoding), cast.at());
        };
    }

    private Typed encoded(Typed value) {
        return value.as(Type.STRING, "bq_to_" + encoding.toLowerCase(Locale.ROOT) + "(hex(%s))");
    }

    private Typed decoded(Typed value, String digits) {
        return caught(value, "from_hex(" + (cast.safe() ? "bq_safe_" : "bq_") + "from_" + digits + "(%s))");
    }

    private Typed caught(Typed value, String format) {
        return cast.safe() ? Typed.together(Type.BYTES, "TRY(" + format + ")", value) : value.as(Type.BYTES, format);
    }

    private Typed ascii(Typed value, boolean bytes) {
        String otherwise = cast.safe() ? "NULL" : Guards.error("Failed to decode invalid ASCII string", value.type());
        String text = bytes ? "decode(%1$s)" : "%1$s";
        return value.as(
                value.type(),
                "CASE WHEN %1$s IS NULL OR octet_length(" + (bytes ? "%1$s" : "encode(%1$s)") + ") = length(" + text
                        + ") THEN %1$s ELSE " + otherwise + " END");
    }
}
