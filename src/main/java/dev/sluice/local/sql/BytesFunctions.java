package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Hashes and encodings. */
final class BytesFunctions {

    private BytesFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "MD5" -> hash(arguments, "from_hex(md5(%s))");
            case "SHA1" -> hash(arguments, "from_hex(sha1(%s))");
            case "SHA256" -> hash(arguments, "from_hex(sha256(%s))");
            case "SHA512" -> hash(arguments, "from_hex(bq_sha512(hex(%s)))");
            case "FARM_FINGERPRINT" -> bytes(arguments.require(1)).as(Type.INT64, "bq_farm_fingerprint(hex(%s))");
            case "TO_HEX" -> arguments.require(1).to(Type.BYTES, 0).as(Type.STRING, "lower(hex(%s))");
            case "FROM_HEX" ->
                arguments
                        .require(1)
                        .text(0)
                        .as(Type.BYTES, "from_hex(CASE WHEN length(%1$s) %% 2 = 1 THEN '0' || %1$s ELSE %1$s END)");
            case "TO_BASE64" -> arguments.require(1).to(Type.BYTES, 0).as(Type.STRING, "to_base64(%s)");
            case "FROM_BASE64" -> arguments.require(1).text(0).as(Type.BYTES, "from_hex(bq_from_base64(%s))");
            case "TO_BASE32" -> arguments.require(1).to(Type.BYTES, 0).as(Type.STRING, "bq_to_base32(hex(%s))");
            default -> null;
        };
    }

    private static Typed bytes(Arguments arguments) {
        Typed value = arguments.typed(0);
        return value.type().equals(Type.BYTES) ? value : arguments.text(0).as(Type.BYTES, "encode(%s)");
    }

    private static Typed hash(Arguments arguments, String format) {
        return bytes(arguments.require(1)).as(Type.BYTES, format);
    }
}
