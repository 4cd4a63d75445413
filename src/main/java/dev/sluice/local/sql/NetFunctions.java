package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Functions whose names begin with NET. */
final class NetFunctions {

    private NetFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "NET.IP_FROM_STRING" -> arguments.require(1).text(0).as(Type.BYTES, "from_hex(bq_address_parsed(%s))");
            case "NET.SAFE_IP_FROM_STRING" ->
                arguments.require(1).text(0).as(Type.BYTES, "from_hex(bq_safe_address_parsed(%s))");
            case "NET.IP_TO_STRING" -> bytes(arguments.require(1)).as(Type.STRING, "bq_address_text(hex(%s))");
            case "NET.IPV4_TO_INT64" -> bytes(arguments.require(1)).as(Type.INT64, "bq_address_integer(hex(%s))");
            case "NET.IPV4_FROM_INT64" ->
                arguments.require(1).integer(0).as(Type.BYTES, "from_hex(bq_address_of_integer(%s))");
            case "NET.IP_TRUNC" ->
                Typed.of(
                        Type.BYTES,
                        "from_hex(bq_address_truncated(hex(%s), %s))",
                        bytes(arguments.require(2)),
                        arguments.integer(1));
            case "NET.IP_NET_MASK" ->
                Typed.of(
                        Type.BYTES,
                        "from_hex(bq_address_mask(%s, %s))",
                        arguments.require(2).integer(0),
                        arguments.integer(1));
            default -> null;
        };
    }

    private static Typed bytes(Arguments arguments) {
        return arguments.to(Type.BYTES, 0);
    }
}
