package dev.sluice.local.functions;

import java.sql.Connection;
import java.sql.SQLException;
import org.duckdb.DuckDBColumnType;

/** Which functions a DuckDB database knows besides its own, and who computes them. */
public final class GoogleFunctions {

    private static final DuckDBColumnType TEXT = DuckDBColumnType.VARCHAR;
    private static final DuckDBColumnType WHOLE = DuckDBColumnType.BIGINT;

    private final ScalarFunctions functions;

    private GoogleFunctions(Connection connection) {
        this.functions = new ScalarFunctions(connection);
    }

    /** For every connection to the same database. */
    public static void register(Connection connection) throws SQLException {
        var all = new GoogleFunctions(connection);
        all.functions.one("bq_error", TEXT, TEXT, (String message) -> {
            throw new GoogleError(message);
        });
        all.functions.truth("sluice_true");
        all.numbers();
        all.texts();
        all.json();
        all.lists();
        all.moments();
        all.casts();
        all.formats();
        all.letters();
        all.bits();
        all.changes();
        all.addresses();
    }

    private void addresses() throws SQLException {
        functions.one("bq_address_parsed", TEXT, TEXT, Addresses::parsed);
        functions.one("bq_address_text", TEXT, TEXT, Addresses::text);
        functions.one("bq_address_integer", TEXT, WHOLE, Addresses::integer);
        functions.one("bq_address_of_integer", WHOLE, TEXT, Addresses::ofInteger);
        functions.two("bq_address_truncated", TEXT, WHOLE, TEXT, Addresses::truncated);
        functions.two("bq_address_mask", WHOLE, WHOLE, TEXT, Addresses::mask);
    }

    private void changes() throws SQLException {
        functions.one("bq_json_object", TEXT, TEXT, JsonBuilding::object);
        functions.two("bq_json_set", TEXT, TEXT, TEXT, JsonChanges::set);
        functions.two("bq_json_remove", TEXT, TEXT, TEXT, JsonChanges::remove);
        functions.two("bq_json_append", TEXT, TEXT, TEXT, JsonArrays::append);
        functions.two("bq_json_insert", TEXT, TEXT, TEXT, JsonArrays::insert);
        functions.two("bq_json_without_nulls", TEXT, TEXT, TEXT, JsonBuilding::withoutNulls);
        functions.one("bq_lax_bool", TEXT, DuckDBColumnType.BOOLEAN, LaxJson::bool);
        functions.one("bq_lax_int64", TEXT, WHOLE, LaxJson::int64);
        functions.one("bq_lax_float64", TEXT, DuckDBColumnType.DOUBLE, LaxJson::float64);
        functions.one("bq_lax_string", TEXT, TEXT, LaxJson::string);
        functions.one("bq_json_float64", TEXT, DuckDBColumnType.DOUBLE, JsonScalars::float64);
        functions.two("bq_json_float64_wide", TEXT, TEXT, DuckDBColumnType.DOUBLE, JsonScalars::wideFloat64);
        functions.two("bq_json_member", TEXT, TEXT, TEXT, JsonContents::member);
        functions.two("bq_json_element", TEXT, WHOLE, TEXT, JsonContents::element);
    }

    private void letters() throws SQLException {
        functions.one("bq_code_points_text", TEXT, TEXT, CodePoints::text);
        functions.one("bq_code_points_bytes", TEXT, TEXT, CodePoints::bytes);
        functions.one("bq_to_code_points", TEXT, TEXT, CodePoints::of);
        functions.one("bq_latin", TEXT, TEXT, CodePoints::latin);
        functions.one("bq_latin_bytes", TEXT, TEXT, CodePoints::latinBytes);
        functions.one("bq_readable", TEXT, TEXT, CodePoints::readable);
        functions.one("bq_from_base32", TEXT, TEXT, Texts::fromBase32);
        functions.one("bq_from_base64", TEXT, TEXT, Texts::fromBase64);
        functions.one("bq_reverse", TEXT, TEXT, Texts::reversed);
        functions.one("bq_soundex", TEXT, TEXT, Likeness::soundex);
        functions.two("bq_edit_distance", TEXT, TEXT, WHOLE, Likeness::distance);
        functions.two("bq_place", TEXT, TEXT, WHOLE, Likeness::place);
        functions.two("bq_folded", TEXT, TEXT, TEXT, Likeness::folded);
    }

    private void bits() throws SQLException {
        functions.two("bq_shift_left", WHOLE, WHOLE, WHOLE, Bits::shiftedLeft);
        functions.two("bq_shift_right", WHOLE, WHOLE, WHOLE, Bits::shiftedRight);
        functions.one("bq_bit_count", TEXT, WHOLE, Bits::count);
    }

    private void formats() throws SQLException {
        functions.two("bq_format_whole", WHOLE, TEXT, TEXT, Printed::whole);
        functions.two("bq_format_double", DuckDBColumnType.DOUBLE, TEXT, TEXT, Printed::floating);
        functions.two("bq_format_decimal", TEXT, TEXT, TEXT, Printed::decimal);
        functions.two("bq_format_text", TEXT, TEXT, TEXT, Printed::text);
        functions.one("bq_quoted", TEXT, TEXT, Quotes::text);
        functions.one("bq_quoted_bytes", TEXT, TEXT, Quotes::bytes);
        functions.one("bq_plain_bytes", TEXT, TEXT, Quotes::plainBytes);
        functions.one("bq_json_indented", TEXT, TEXT, JsonIndentation::of);
    }

    private void casts() throws SQLException {
        functions.one("bq_text_int64", TEXT, WHOLE, TextCasts::int64);
        functions.one("bq_text_float64", TEXT, DuckDBColumnType.DOUBLE, TextCasts::float64);
        functions.one("bq_text_bool", TEXT, DuckDBColumnType.BOOLEAN, TextCasts::bool);
        functions.one("bq_text_date", TEXT, WHOLE, TextCasts::date);
        functions.one("bq_text_time", TEXT, WHOLE, TextCasts::time);
        functions.one("bq_text_datetime", TEXT, WHOLE, TextCasts::datetime);
        functions.one("bq_text_timestamp", TEXT, WHOLE, TextCasts::timestamp);
    }

    private void numbers() throws SQLException {
        functions.two("bq_numeric_product", TEXT, TEXT, TEXT, Numerics::product);
        functions.two("bq_numeric_quotient", TEXT, TEXT, TEXT, Numerics::quotient);
        functions.two("bq_numeric_remainder", TEXT, TEXT, TEXT, Numerics::remainder);
        functions.two("bq_numeric_whole", TEXT, TEXT, TEXT, Numerics::whole);
        functions.two("bq_numeric_round", TEXT, WHOLE, TEXT, Numerics::rounded);
        functions.two("bq_numeric_round_even", TEXT, WHOLE, TEXT, Numerics::roundedEven);
        functions.two("bq_numeric_trunc", TEXT, WHOLE, TEXT, Numerics::truncated);
        functions.two("bq_numeric_added", TEXT, TEXT, TEXT, Numerics::added);
        functions.two("bq_numeric_total", TEXT, TEXT, TEXT, Numerics::total);
        functions.two("bq_decimal_statistic", TEXT, TEXT, DuckDBColumnType.DOUBLE, DecimalStatistics::of);
        functions.one("bq_numeric_sqrt", TEXT, TEXT, Numerics::squareRoot);
        functions.one("bq_numeric_cbrt", TEXT, TEXT, Numerics::cubeRoot);
        functions.one("bq_numeric_exp", TEXT, TEXT, NumericPowers::exp);
        functions.one("bq_numeric_ln", TEXT, TEXT, NumericPowers::ln);
        functions.one("bq_numeric_log10", TEXT, TEXT, NumericPowers::log10);
        functions.two("bq_numeric_log", TEXT, TEXT, TEXT, NumericPowers::log);
        functions.two("bq_numeric_pow", TEXT, TEXT, TEXT, NumericPowers::power);
        functions.one("bq_numeric_read", TEXT, TEXT, ParsedDecimals::numeric);
        functions.one("bq_bignumeric_read", TEXT, TEXT, ParsedDecimals::bigNumeric);
        functions.one("bq_numeric_parse", TEXT, TEXT, Numerics::parsed);
        functions.one("bq_numeric_double", DuckDBColumnType.DOUBLE, TEXT, Numerics::ofDouble);
        functions.one("bq_bignumeric_text", TEXT, TEXT, BigNumerics::text);
        functions.one("bq_bignumeric_parse", TEXT, TEXT, BigNumerics::parsed);
        functions.one("bq_bignumeric_double", DuckDBColumnType.DOUBLE, TEXT, BigNumerics::ofDouble);
        functions.two("bq_bignumeric_round", TEXT, WHOLE, TEXT, BigNumerics::rounded);
        functions.two("bq_bignumeric_trunc", TEXT, WHOLE, TEXT, BigNumerics::truncated);
        functions.one("bq_bignumeric_abs", TEXT, TEXT, BigNumerics::absolute);
        functions.one("bq_bignumeric_json", TEXT, TEXT, BigNumerics::json);
        bigNumbers();
        functions.two("bq_percentile_place", WHOLE, TEXT, WHOLE, Percentiles::place);
        functions.two("bq_percentile_place_exactly", WHOLE, TEXT, WHOLE, Percentiles::placeExactly);
        functions.two("bq_percentile_between", TEXT, TEXT, TEXT, Percentiles::between);
        functions.two("bq_percentile_lower", WHOLE, TEXT, DuckDBColumnType.DOUBLE, Percentiles::lower);
        functions.two("bq_percentile_upper", WHOLE, TEXT, DuckDBColumnType.DOUBLE, Percentiles::upper);
        functions.one("bq_double_text", DuckDBColumnType.DOUBLE, TEXT, Doubles::text);
        functions.one("bq_json_float", DuckDBColumnType.DOUBLE, TEXT, Doubles::json);
        functions.one("bq_double_cast", DuckDBColumnType.DOUBLE, TEXT, Doubles::cast);
        doubles();
        functions.two("bq_double_trunc", DuckDBColumnType.DOUBLE, WHOLE, DuckDBColumnType.DOUBLE, Doubles::truncated);
        functions.two("bq_double_round", DuckDBColumnType.DOUBLE, WHOLE, DuckDBColumnType.DOUBLE, Doubles::rounded);
    }

    private void doubles() throws SQLException {
        DuckDBColumnType real = DuckDBColumnType.DOUBLE;
        functions.two("bq_double_sum", real, real, real, DoubleArithmetic::sum);
        functions.two("bq_double_difference", real, real, real, DoubleArithmetic::difference);
        functions.two("bq_double_product", real, real, real, DoubleArithmetic::product);
        functions.two("bq_double_quotient", real, real, real, DoubleArithmetic::quotient);
    }

    private void bigNumbers() throws SQLException {
        functions.two("bq_bignumeric_sum", TEXT, TEXT, TEXT, BigNumericArithmetic::sum);
        functions.two("bq_bignumeric_difference", TEXT, TEXT, TEXT, BigNumericArithmetic::difference);
        functions.two("bq_bignumeric_product", TEXT, TEXT, TEXT, BigNumericArithmetic::product);
        functions.two("bq_bignumeric_quotient", TEXT, TEXT, TEXT, BigNumericArithmetic::quotient);
        functions.two("bq_bignumeric_remainder", TEXT, TEXT, TEXT, BigNumericArithmetic::remainder);
        functions.two("bq_bignumeric_whole", TEXT, TEXT, TEXT, BigNumericArithmetic::whole);
        functions.one("bq_bignumeric_negated", TEXT, TEXT, BigNumericArithmetic::negated);
        functions.one("bq_bignumeric_sign", TEXT, TEXT, BigNumericArithmetic::sign);
        functions.one("bq_bignumeric_floor", TEXT, TEXT, BigNumericArithmetic::floor);
        functions.one("bq_bignumeric_ceil", TEXT, TEXT, BigNumericArithmetic::ceiling);
        functions.one("bq_bignumeric_total", TEXT, TEXT, BigNumericArithmetic::total);
        functions.one("bq_bignumeric_mean", TEXT, TEXT, BigNumericArithmetic::mean);
    }

    private void texts() throws SQLException {
        functions.two("bq_regexp_extract", TEXT, TEXT, TEXT, Patterns::extracted);
        functions.two("bq_regexp_extract_all", TEXT, TEXT, TEXT, Patterns::all);
        functions.two("bq_regexp_place", TEXT, TEXT, WHOLE, Patterns::place);
        functions.two("bq_regexp_replace", TEXT, TEXT, TEXT, Patterns::replaced);
        functions.one("bq_upper", TEXT, TEXT, Texts::upper);
        functions.one("bq_lower", TEXT, TEXT, Texts::lower);
        functions.two("bq_trim", TEXT, TEXT, TEXT, (String text, String set) -> Texts.trimmed(text, set, true, true));
        functions.two("bq_ltrim", TEXT, TEXT, TEXT, (String text, String set) -> Texts.trimmed(text, set, true, false));
        functions.two("bq_rtrim", TEXT, TEXT, TEXT, (String text, String set) -> Texts.trimmed(text, set, false, true));
        functions.one("bq_distinct_letters", TEXT, TEXT, Texts::distinct);
        functions.two("bq_normalize", TEXT, TEXT, TEXT, Texts::normalized);
        functions.one("bq_farm_fingerprint", TEXT, WHOLE, Texts::fingerprint);
        functions.one("bq_sha512", TEXT, TEXT, Texts::sha512);
        functions.two("bq_initcap", TEXT, TEXT, TEXT, Texts::capitalized);
        functions.one("bq_to_base32", TEXT, TEXT, Texts::base32);
        functions.one("bq_to_base2", TEXT, TEXT, ByteDigits::base2);
        functions.one("bq_to_base8", TEXT, TEXT, ByteDigits::base8);
        functions.one("bq_to_base64m", TEXT, TEXT, ByteDigits::base64m);
        functions.one("bq_from_base2", TEXT, TEXT, ByteDigits::fromBase2);
        functions.one("bq_from_base8", TEXT, TEXT, ByteDigits::fromBase8);
    }

    private void json() throws SQLException {
        functions.one("bq_parse_json", TEXT, TEXT, JsonTexts::parsed);
        functions.one("bq_rounded_json", TEXT, TEXT, JsonTexts::rounded);
        functions.two("bq_json_query", TEXT, TEXT, TEXT, JsonContents::query);
        functions.two("bq_json_value", TEXT, TEXT, TEXT, JsonContents::value);
        functions.two("bq_json_array", TEXT, TEXT, TEXT, JsonContents::array);
        functions.two("bq_json_string_array", TEXT, TEXT, TEXT, JsonContents::stringArray);
        functions.two("bq_json_keys", TEXT, WHOLE, TEXT, JsonContents::keys);
        functions.one("bq_json_type", TEXT, TEXT, JsonScalars::type);
        functions.one("bq_json_escape", TEXT, TEXT, JsonTexts::escaped);
        functions.one("bq_json_escape_entirely", TEXT, TEXT, JsonTexts::escapedEntirely);
        functions.one("bq_json_numeric", TEXT, TEXT, JsonNumbers::numeric);
        functions.one("bq_json_string", TEXT, TEXT, JsonScalars::string);
        functions.one("bq_json_int64", TEXT, WHOLE, JsonScalars::int64);
        functions.one("bq_json_bool", TEXT, DuckDBColumnType.BOOLEAN, JsonScalars::bool);
    }

    private void lists() throws SQLException {
        functions.one("bq_json_int64_list", TEXT, TEXT, (String json) -> JsonLists.of(json, JsonScalars::int64));
        functions.one("bq_json_float64_list", TEXT, TEXT, (String json) -> JsonLists.of(json, JsonScalars::float64));
        functions.two(
                "bq_json_float64_list_wide",
                TEXT,
                TEXT,
                TEXT,
                (String json, String mode) -> JsonLists.of(json, each -> JsonScalars.wideFloat64(each, mode)));
        functions.one("bq_json_bool_list", TEXT, TEXT, (String json) -> JsonLists.of(json, JsonScalars::bool));
        functions.one("bq_json_string_list", TEXT, TEXT, (String json) -> JsonLists.of(json, JsonScalars::string));
        functions.one("bq_json_lax_int64_list", TEXT, TEXT, (String json) -> JsonLists.lax(json, LaxJson::int64));
        functions.one("bq_json_lax_float64_list", TEXT, TEXT, (String json) -> JsonLists.lax(json, LaxJson::float64));
        functions.one("bq_json_lax_bool_list", TEXT, TEXT, (String json) -> JsonLists.lax(json, LaxJson::bool));
        functions.one("bq_json_lax_string_list", TEXT, TEXT, (String json) -> JsonLists.lax(json, LaxJson::string));
        functions.one("bq_json_flattened", TEXT, TEXT, JsonLists::flattened);
        functions.two("bq_euclidean_distance", TEXT, TEXT, DuckDBColumnType.DOUBLE, Distances::euclidean);
        functions.two("bq_cosine_distance", TEXT, TEXT, DuckDBColumnType.DOUBLE, Distances::cosine);
    }

    /** Moments are microseconds since 1970, without a zone. */
    private void moments() throws SQLException {
        functions.two("bq_format_moment", TEXT, WHOLE, TEXT, MomentFormats::format);
        functions.two("bq_format_zoned", TEXT, WHOLE, TEXT, MomentFormats::formatZoned);
        functions.two("bq_instant", TEXT, WHOLE, WHOLE, Instants::of);
        functions.two("bq_local", TEXT, WHOLE, WHOLE, Instants::local);
        functions.one("bq_zone", TEXT, TEXT, Instants::javaName);
        functions.two("bq_parse_moment", TEXT, TEXT, WHOLE, MomentFormats::parse);
        functions.two("bq_write_decimal", TEXT, TEXT, TEXT, NumberModel::decimal);
        functions.two("bq_write_double", DuckDBColumnType.DOUBLE, TEXT, TEXT, NumberModel::floating);
        functions.two("bq_write_model", TEXT, WHOLE, TEXT, ModelWriter::written);
        functions.two("bq_read_model", TEXT, TEXT, WHOLE, ModelReader::read);
        functions.two("bq_dates", TEXT, WHOLE, TEXT, Dates::range);
    }
}
