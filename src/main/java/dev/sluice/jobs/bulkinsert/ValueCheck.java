package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How the texts of one level, of a row or of a record in it, become values.
 *
 * @param columns of the level, none that the run fills in
 * @param parsed names of those that are texts and become values of another type
 * @param nested names of those that are values already, each with what is wrong in it
 * @param required names of those that must have a value
 */
record ValueCheck(List<TableColumn> columns, Set<String> parsed, Set<String> nested, Set<String> required) {

    private static final long NUMERIC_INTEGERS = 29;

    SqlStatement of(SqlFiles sql, SqlStatement texts) {
        Map<String, SqlIdentifier> identifiers = new HashMap<>(byType());
        identifiers.put("rows", new SqlIdentifier.Subquery(texts));
        identifiers.put("single", those(column -> !isNested(column)));
        identifiers.put("nested", those(this::isNested));
        identifiers.put("typed", those(column -> !isParsed(column)));
        identifiers.put("parsed", those(this::isParsed));
        identifiers.put("required", those(column -> isRequired(column) && !isNested(column)));
        identifiers.put("requiredRecords", those(column -> isRequired(column) && isNested(column)));
        identifiers.put("strings", those(column -> column.type() == ColumnType.STRING && isSingle(column)));
        identifiers.put("length", those(ValueCheck::hasLength));
        identifiers.put("integers", those(ValueCheck::hasIntegers));
        identifiers.put("widest", those(column -> hasScale(column) && !hasIntegers(column)));
        return sql.statement("bulk-insert/check-values.sql", identifiers, limits());
    }

    private Map<String, SqlIdentifier> byType() {
        Map<String, SqlIdentifier> byType = new HashMap<>();
        for (ColumnType type : ColumnType.values()) {
            if (type != ColumnType.STRING && type != ColumnType.STRUCT) {
                byType.put(
                        type.name().toLowerCase(Locale.ROOT),
                        those(column -> isParsed(column) && column.type() == type));
            }
        }
        return byType;
    }

    private Map<String, QueryParameterValue> limits() {
        Map<String, QueryParameterValue> limits = new HashMap<>();
        for (TableColumn column : columns) {
            if (hasLength(column)) {
                limits.put(
                        "length_" + column.name(),
                        QueryParameterValue.int64(column.limits().maxLength()));
            }
            if (hasScale(column)) {
                limits.put("scale_" + column.name(), QueryParameterValue.int64(scale(column)));
            }
            if (hasIntegers(column)) {
                BigDecimal limit = BigDecimal.TEN.pow((int) integers(column));
                limits.put("limit_" + column.name(), limit(column, limit));
                limits.put("lower_limit_" + column.name(), limit(column, limit.negate()));
            }
        }
        return limits;
    }

    private static QueryParameterValue limit(TableColumn column, BigDecimal value) {
        return column.type() == ColumnType.NUMERIC
                ? QueryParameterValue.numeric(value)
                : QueryParameterValue.bigNumeric(value);
    }

    private SqlIdentifier those(Predicate<TableColumn> which) {
        return new SqlIdentifier.Columns(
                columns.stream().filter(which).map(TableColumn::name).toList());
    }

    private boolean isParsed(TableColumn column) {
        return parsed.contains(column.name());
    }

    private boolean isNested(TableColumn column) {
        return nested.contains(column.name());
    }

    private boolean isRequired(TableColumn column) {
        return required.contains(column.name());
    }

    private static boolean isSingle(TableColumn column) {
        return column.mode() != ColumnMode.REPEATED;
    }

    private static boolean hasLength(TableColumn column) {
        return isSingle(column) && column.limits().maxLength() != null;
    }

    private static boolean hasScale(TableColumn column) {
        return isSingle(column) && column.limits().precision() != null;
    }

    /** Whether it may have fewer digits before the point than its type, which could not even hold the limit otherwise. */
    private static boolean hasIntegers(TableColumn column) {
        return hasScale(column) && (column.type() != ColumnType.NUMERIC || integers(column) < NUMERIC_INTEGERS);
    }

    private static long scale(TableColumn column) {
        return Objects.requireNonNull(column.limits().scale());
    }

    private static long integers(TableColumn column) {
        return Objects.requireNonNull(column.limits().precision()) - scale(column);
    }
}
