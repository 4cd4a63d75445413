package dev.sluice.local.functions;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Makes the functions known to a DuckDB database; of NULL they make NULL. Each {@code bq_x} has a twin {@code bq_safe_x}
 * whose errors are NULL.
 */
public final class GoogleFunctions {

    private static final DuckDBColumnType TEXT = DuckDBColumnType.VARCHAR;
    private static final DuckDBColumnType WHOLE = DuckDBColumnType.BIGINT;

    private final Connection connection;

    private GoogleFunctions(Connection connection) {
        this.connection = connection;
    }

    /** For every connection to the same database. */
    public static void register(Connection connection) throws SQLException {
        var functions = new GoogleFunctions(connection);
        functions.one("bq_error", TEXT, TEXT, (String message) -> {
            throw new GoogleError(message);
        });
        functions.truth();
        functions.numbers();
        functions.texts();
        functions.json();
        functions.moments();
        functions.casts();
        functions.formats();
        functions.letters();
        functions.bits();
        functions.changes();
    }

    private void changes() throws SQLException {
        one("bq_json_object", TEXT, TEXT, JsonBuilding::object);
        two("bq_json_set", TEXT, TEXT, TEXT, JsonChanges::set);
        two("bq_json_remove", TEXT, TEXT, TEXT, JsonChanges::remove);
        two("bq_json_append", TEXT, TEXT, TEXT, JsonArrays::append);
        two("bq_json_insert", TEXT, TEXT, TEXT, JsonArrays::insert);
        two("bq_json_without_nulls", TEXT, TEXT, TEXT, JsonBuilding::withoutNulls);
        one("bq_lax_bool", TEXT, DuckDBColumnType.BOOLEAN, LaxJson::bool);
        one("bq_lax_int64", TEXT, WHOLE, LaxJson::int64);
        one("bq_lax_float64", TEXT, DuckDBColumnType.DOUBLE, LaxJson::float64);
        one("bq_lax_string", TEXT, TEXT, LaxJson::string);
        one("bq_json_float64", TEXT, DuckDBColumnType.DOUBLE, JsonScalars::float64);
        two("bq_json_member", TEXT, TEXT, TEXT, JsonContents::member);
        two("bq_json_element", TEXT, WHOLE, TEXT, JsonContents::element);
    }

    private void letters() throws SQLException {
        one("bq_code_points_text", TEXT, TEXT, CodePoints::text);
        one("bq_code_points_bytes", TEXT, TEXT, CodePoints::bytes);
        one("bq_to_code_points", TEXT, TEXT, CodePoints::of);
        one("bq_latin", TEXT, TEXT, CodePoints::latin);
        one("bq_latin_bytes", TEXT, TEXT, CodePoints::latinBytes);
        one("bq_readable", TEXT, TEXT, CodePoints::readable);
        one("bq_from_base32", TEXT, TEXT, Texts::fromBase32);
        one("bq_reverse", TEXT, TEXT, Texts::reversed);
        one("bq_soundex", TEXT, TEXT, Likeness::soundex);
        two("bq_edit_distance", TEXT, TEXT, WHOLE, Likeness::distance);
        two("bq_place", TEXT, TEXT, WHOLE, Likeness::place);
        two("bq_folded", TEXT, TEXT, TEXT, Likeness::folded);
    }

    private void bits() throws SQLException {
        two("bq_shift_left", WHOLE, WHOLE, WHOLE, Bits::shiftedLeft);
        two("bq_shift_right", WHOLE, WHOLE, WHOLE, Bits::shiftedRight);
        one("bq_bit_count", TEXT, WHOLE, Bits::count);
        two("bq_dates", TEXT, WHOLE, TEXT, Dates::range);
    }

    private void formats() throws SQLException {
        two("bq_format_whole", WHOLE, TEXT, TEXT, Printed::whole);
        two("bq_format_double", DuckDBColumnType.DOUBLE, TEXT, TEXT, Printed::floating);
        two("bq_format_decimal", TEXT, TEXT, TEXT, Printed::decimal);
        two("bq_format_text", TEXT, TEXT, TEXT, Printed::text);
        one("bq_quoted", TEXT, TEXT, Quotes::text);
        one("bq_quoted_bytes", TEXT, TEXT, Quotes::bytes);
        one("bq_plain_bytes", TEXT, TEXT, Quotes::plainBytes);
        one("bq_json_indented", TEXT, TEXT, JsonIndentation::of);
    }

    private void casts() throws SQLException {
        one("bq_text_int64", TEXT, WHOLE, TextCasts::int64);
        one("bq_text_float64", TEXT, DuckDBColumnType.DOUBLE, TextCasts::float64);
        one("bq_text_bool", TEXT, DuckDBColumnType.BOOLEAN, TextCasts::bool);
        one("bq_text_date", TEXT, WHOLE, TextCasts::date);
        one("bq_text_time", TEXT, WHOLE, TextCasts::time);
        one("bq_text_datetime", TEXT, WHOLE, TextCasts::datetime);
        one("bq_text_timestamp", TEXT, WHOLE, TextCasts::timestamp);
    }

    /** TRUE, of which DuckDB does not know that it is the same for all rows. */
    private void truth() throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName("sluice_true")
                    .withReturnType(DuckDBColumnType.BOOLEAN)
                    .withFunction(() -> true)
                    .withVolatile()
                    .register(connection);
        }
    }

    private void numbers() throws SQLException {
        two("bq_numeric_product", TEXT, TEXT, TEXT, Numerics::product);
        two("bq_numeric_quotient", TEXT, TEXT, TEXT, Numerics::quotient);
        two("bq_numeric_remainder", TEXT, TEXT, TEXT, Numerics::remainder);
        two("bq_numeric_whole", TEXT, TEXT, TEXT, Numerics::whole);
        two("bq_numeric_round", TEXT, WHOLE, TEXT, Numerics::rounded);
        two("bq_numeric_trunc", TEXT, WHOLE, TEXT, Numerics::truncated);
        one("bq_numeric_parse", TEXT, TEXT, Numerics::parsed);
        one("bq_numeric_double", DuckDBColumnType.DOUBLE, TEXT, Numerics::ofDouble);
        one("bq_bignumeric_text", TEXT, TEXT, BigNumerics::text);
        one("bq_bignumeric_parse", TEXT, TEXT, BigNumerics::parsed);
        one("bq_bignumeric_double", DuckDBColumnType.DOUBLE, TEXT, BigNumerics::ofDouble);
        two("bq_bignumeric_round", TEXT, WHOLE, TEXT, BigNumerics::rounded);
        two("bq_bignumeric_trunc", TEXT, WHOLE, TEXT, BigNumerics::truncated);
        one("bq_bignumeric_abs", TEXT, TEXT, BigNumerics::absolute);
        one("bq_bignumeric_json", TEXT, TEXT, BigNumerics::json);
        bigNumbers();
        one("bq_double_text", DuckDBColumnType.DOUBLE, TEXT, Doubles::text);
        one("bq_json_float", DuckDBColumnType.DOUBLE, TEXT, Doubles::json);
        one("bq_double_cast", DuckDBColumnType.DOUBLE, TEXT, Doubles::cast);
        two("bq_double_trunc", DuckDBColumnType.DOUBLE, WHOLE, DuckDBColumnType.DOUBLE, Doubles::truncated);
        two("bq_double_round", DuckDBColumnType.DOUBLE, WHOLE, DuckDBColumnType.DOUBLE, Doubles::rounded);
    }

    private void bigNumbers() throws SQLException {
        two("bq_bignumeric_sum", TEXT, TEXT, TEXT, BigNumericArithmetic::sum);
        two("bq_bignumeric_difference", TEXT, TEXT, TEXT, BigNumericArithmetic::difference);
        two("bq_bignumeric_product", TEXT, TEXT, TEXT, BigNumericArithmetic::product);
        two("bq_bignumeric_quotient", TEXT, TEXT, TEXT, BigNumericArithmetic::quotient);
        two("bq_bignumeric_remainder", TEXT, TEXT, TEXT, BigNumericArithmetic::remainder);
        two("bq_bignumeric_whole", TEXT, TEXT, TEXT, BigNumericArithmetic::whole);
        one("bq_bignumeric_negated", TEXT, TEXT, BigNumericArithmetic::negated);
        one("bq_bignumeric_sign", TEXT, TEXT, BigNumericArithmetic::sign);
        one("bq_bignumeric_floor", TEXT, TEXT, BigNumericArithmetic::floor);
        one("bq_bignumeric_ceil", TEXT, TEXT, BigNumericArithmetic::ceiling);
        one("bq_bignumeric_total", TEXT, TEXT, BigNumericArithmetic::total);
        one("bq_bignumeric_mean", TEXT, TEXT, BigNumericArithmetic::mean);
    }

    private void texts() throws SQLException {
        one("bq_upper", TEXT, TEXT, Texts::upper);
        one("bq_lower", TEXT, TEXT, Texts::lower);
        two("bq_trim", TEXT, TEXT, TEXT, (String text, String set) -> Texts.trimmed(text, set, true, true));
        two("bq_ltrim", TEXT, TEXT, TEXT, (String text, String set) -> Texts.trimmed(text, set, true, false));
        two("bq_rtrim", TEXT, TEXT, TEXT, (String text, String set) -> Texts.trimmed(text, set, false, true));
        one("bq_distinct_letters", TEXT, TEXT, Texts::distinct);
        two("bq_normalize", TEXT, TEXT, TEXT, Texts::normalized);
        one("bq_farm_fingerprint", TEXT, WHOLE, Texts::fingerprint);
        one("bq_sha512", TEXT, TEXT, Texts::sha512);
        two("bq_initcap", TEXT, TEXT, TEXT, Texts::capitalized);
        one("bq_to_base32", TEXT, TEXT, Texts::base32);
    }

    private void json() throws SQLException {
        one("bq_parse_json", TEXT, TEXT, JsonTexts::parsed);
        two("bq_json_query", TEXT, TEXT, TEXT, JsonContents::query);
        two("bq_json_value", TEXT, TEXT, TEXT, JsonContents::value);
        two("bq_json_array", TEXT, TEXT, TEXT, JsonContents::array);
        two("bq_json_string_array", TEXT, TEXT, TEXT, JsonContents::stringArray);
        two("bq_json_keys", TEXT, WHOLE, TEXT, JsonContents::keys);
        one("bq_json_type", TEXT, TEXT, JsonScalars::type);
        one("bq_json_escape", TEXT, TEXT, JsonTexts::escaped);
        one("bq_json_escape_entirely", TEXT, TEXT, JsonTexts::escapedEntirely);
        one("bq_json_numeric", TEXT, TEXT, JsonTexts::numeric);
        one("bq_json_string", TEXT, TEXT, JsonScalars::string);
        one("bq_json_int64", TEXT, WHOLE, JsonScalars::int64);
        one("bq_json_bool", TEXT, DuckDBColumnType.BOOLEAN, JsonScalars::bool);
    }

    /** Moments are microseconds since 1970, without a zone. */
    private void moments() throws SQLException {
        two("bq_format_moment", TEXT, WHOLE, TEXT, MomentFormats::format);
        two("bq_format_zoned", TEXT, WHOLE, TEXT, MomentFormats::formatZoned);
        two("bq_instant", TEXT, WHOLE, WHOLE, Instants::of);
        two("bq_parse_moment", TEXT, TEXT, WHOLE, MomentFormats::parse);
    }

    private <I, O> void one(String name, DuckDBColumnType from, DuckDBColumnType to, Function<I, @Nullable O> function)
            throws SQLException {
        define(name, from, to, function);
        define(twin(name), from, to, (I value) -> orNull(() -> function.apply(value)));
    }

    private static String twin(String name) {
        return name.replaceFirst("bq_", "bq_safe_");
    }

    private static <O> @Nullable O orNull(Supplier<@Nullable O> function) {
        try {
            return function.get();
        } catch (GoogleError e) {
            return null;
        }
    }

    private <I, O> void define(
            String name, DuckDBColumnType from, DuckDBColumnType to, Function<I, @Nullable O> function)
            throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name)
                    .withParameter(from)
                    .withReturnType(to)
                    .withFunction((I value) -> value == null ? null : function.apply(value))
                    .register(connection);
        }
    }

    private <L, R, O> void two(
            String name,
            DuckDBColumnType left,
            DuckDBColumnType right,
            DuckDBColumnType to,
            BiFunction<L, R, @Nullable O> function)
            throws SQLException {
        define(name, left, right, to, function);
        define(twin(name), left, right, to, (L one, R other) -> orNull(() -> function.apply(one, other)));
    }

    private <L, R, O> void define(
            String name,
            DuckDBColumnType left,
            DuckDBColumnType right,
            DuckDBColumnType to,
            BiFunction<L, R, @Nullable O> function)
            throws SQLException {
        try (var builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name)
                    .withParameter(left)
                    .withParameter(right)
                    .withReturnType(to)
                    .withFunction((L one, R other) -> one == null || other == null ? null : function.apply(one, other))
                    .register(connection);
        }
    }
}
