package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conversions that nobody asks for. */
final class Coercions {

    private static final String NO_SIGNATURE = "No matching signature for ";

    private Coercions() {}

    /** @throws SqlRefused if BigQuery does not convert it by itself */
    static Typed to(Type type, Typed value, Token at) {
        if (value.type().equals(type)) {
            return value;
        }
        if (value.text() != null && isDate(type)) {
            return Literals.of(type, value.text(), at);
        }
        if (type.isDecimal() && value.isLiteral()) {
            return decimal(type, value);
        }
        if (type.isStruct() && value.type().isStruct()) {
            return Structs.to(type, value, at);
        }
        if (!Supertypes.widens(value.type(), type)) {
            throw mismatch(at, value);
        }
        if (type.isArray() && value.type().isArray()) {
            return Arrays.to(type, value, at);
        }
        return BigNumericCasts.concerns(value.type(), type)
                ? Casts.cast(value, type, false, at)
                : Typed.total(type, "CAST(%s AS " + type.duckDb() + ")", value);
    }

    /**
     * A value that is assigned.
     *
     * @param refusal what is said of a value of the wrong type
     */
    static Typed assigned(Type type, Typed value, Token at, String refusal) {
        try {
            return to(type, value, at);
        } catch (SqlRefused e) {
            boolean mismatch = String.valueOf(e.getMessage()).startsWith(NO_SIGNATURE);
            throw mismatch ? new SqlRefused("invalidQuery", "%s at %s".formatted(refusal, at.place())) : e;
        }
    }

    /** As what a result or a table can hold. */
    static Typed writable(Typed value) {
        return value.type().isArray() ? Arrays.withoutNulls(value) : value;
    }

    /** @throws SqlRefused if there is none */
    static Type common(Token at, List<Typed> values) {
        Type type = Type.NULL;
        boolean literals = false;
        for (Typed value : values) {
            literals |= value.text() != null;
            type = value.text() != null ? type : common(type, value.type(), at, values);
        }
        return literals && !isDate(type) ? common(type, Type.STRING, at, values) : type;
    }

    private static Type common(Type left, Type right, Token at, List<Typed> values) {
        return Supertypes.common(left, right).orElseThrow(() -> mismatch(at, values.toArray(Typed[]::new)));
    }

    static List<Typed> toCommon(Token at, List<Typed> given) {
        List<Typed> values = numericLiterals(given);
        Type type = common(at, values);
        List<Typed> converted = new ArrayList<>();
        values.forEach(value -> converted.add(to(type, value, at)));
        return converted;
    }

    /** Beside a NUMERIC, literals like 0.5 are NUMERIC, too, and BIGNUMERIC beside a BIGNUMERIC. */
    static List<Typed> numericLiterals(List<Typed> values) {
        boolean decimal = values.stream().anyMatch(value -> value.type().isDecimal());
        boolean floating = values.stream().anyMatch(value -> value.type().equals(Type.FLOAT64) && !value.isLiteral());
        if (!decimal || floating) {
            return values;
        }
        boolean big = values.stream().anyMatch(value -> value.type().equals(Type.BIGNUMERIC));
        Type type = big ? Type.BIGNUMERIC : Type.NUMERIC;
        return values.stream()
                .map(value -> value.isLiteral() ? decimal(type, value) : value)
                .toList();
    }

    private static Typed decimal(Type type, Typed literal) {
        return Literals.decimal(literal, type)
                .orElseThrow(() -> new SqlRefused(
                        "invalidQuery", "Invalid %s value: %s".formatted(type, Literals.digits(literal))));
    }

    static SqlRefused mismatch(Token at, Typed... values) {
        // BigQuery has a signature for most of them
        if (Stream.of(values).anyMatch(value -> value.type().equals(Type.BIGNUMERIC))) {
            return SqlRefused.unsupported(at.text().toUpperCase(Locale.ROOT) + " of BIGNUMERIC", at);
        }
        String types = Stream.of(values).map(value -> value.type().toString()).collect(Collectors.joining(", "));
        return new SqlRefused(
                "invalidQuery",
                "%s%s%s for argument types: %s at %s"
                        .formatted(
                                NO_SIGNATURE,
                                isOperator(at) ? "operator " : "",
                                at.text().toUpperCase(Locale.ROOT),
                                types,
                                at.place()));
    }

    private static boolean isOperator(Token at) {
        return at.kind() == Token.Kind.SYMBOL && at.text().matches("[-+*/=<>!|&^~]+")
                || Set.of("AND", "OR", "NOT", "IN", "LIKE", "BETWEEN").contains(at.upper());
    }

    /** Whether string literals become it. */
    static boolean isDate(Type type) {
        return type.equals(Type.DATE)
                || type.equals(Type.TIMESTAMP)
                || type.equals(Type.DATETIME)
                || type.equals(Type.TIME);
    }
}
