package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, or the fields of a STRUCT, ready for checking rows. Names match in any case, as in BigQuery.
 * Immutable.
 *
 * @param ignoresUnknown whether a row may have other columns, which are not loaded then
 * @param tenantColumn whose value must be {@code org} in every row; null if the table has none
 */
public record RowColumns(
        List<TableColumn> columns,
        @Nullable String tenantColumn,
        @Nullable String org,
        Map<String, Integer> positions,
        boolean ignoresUnknown) {

    private static final int MAX_ASCII = 0x7f;
    private static final String RESERVED = "sluice_";

    public static RowColumns of(List<TableColumn> columns, @Nullable String tenantColumn, @Nullable String org) {
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
            positions.putIfAbsent(lower(columns.get(i).name()), i);
        }
        return new RowColumns(List.copyOf(columns), tenantColumn, org, Map.copyOf(positions), false);
    }

    /** Whether a column of that name is one of ours, which staged rows have beside their own. */
    public static boolean isReserved(String name) {
        return lower(name).startsWith(RESERVED);
    }

    /** Whether a member of that name is passed over; ours never are. */
    boolean ignores(String name) {
        return ignoresUnknown && !isReserved(name);
    }

    /** The same columns, beside which a row may have others. */
    public RowColumns ignoringUnknown() {
        return new RowColumns(columns, tenantColumn, org, positions, true);
    }

    /** The same columns, of which some must have a value in every row. */
    public RowColumns requiring(Collection<String> names) {
        List<TableColumn> some = columns.stream()
                .map(column -> names.contains(column.name()) ? column.required() : column)
                .toList();
        return new RowColumns(some, tenantColumn, org, positions, ignoresUnknown);
    }

    /** The columns within one. */
    public RowColumns fieldsOf(TableColumn struct) {
        RowColumns fields = of(struct.fields(), null, null);
        return ignoresUnknown ? fields.ignoringUnknown() : fields;
    }

    /** -1 if there is no such column. */
    public int position(String name) {
        Integer exact = positions.get(name);
        if (exact != null) {
            return exact;
        }
        boolean ascii = name.chars().allMatch(c -> c <= MAX_ASCII);
        return ascii ? positions.getOrDefault(lower(name), -1) : -1;
    }

    TableColumn column(int position) {
        return columns.get(position);
    }

    /** -1 if there is none. */
    int tenantPosition() {
        return tenantColumn == null ? -1 : position(tenantColumn);
    }

    boolean isTenantColumn(int position) {
        return tenantColumn != null && columns.get(position).name().equalsIgnoreCase(tenantColumn);
    }

    /** The name of a column that {@code seen} should hold and does not, or null: REQUIRED, or the tenant's. */
    @Nullable
    String missingRequired(boolean[] seen) {
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i] && (columns.get(i).mode() == ColumnMode.REQUIRED || isTenantColumn(i))) {
                return columns.get(i).name();
            }
        }
        return null;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
