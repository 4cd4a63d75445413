package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Scan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a statement reads of one table: the columns that it names, of the partitions and blocks that its filters leave.
 * Rows lie in blocks by the clustering, as if reclustering was always done.
 */
final class Reads {

    /** @param most what partitions alone leave; what is known before blocks are looked at */
    record Size(long bytes, long most) {}

    private final Connection connection;
    private final StoredTable table;
    private final List<Scan> scans;
    private final long blockBytes;

    Reads(Connection connection, StoredTable table, List<Scan> scans, long blockBytes) {
        this.connection = connection;
        this.table = table;
        this.scans = scans;
        this.blockBytes = blockBytes;
    }

    /** @throws ApiError if the table wants a filter and one of the reads has none */
    void requireFilter() {
        Table resource = table.resource();
        if (Partitions.requiresFilter(resource) && scans.stream().anyMatch(scan -> !scan.filtered())) {
            String columns = (Partitions.isByArrival(resource)
                            ? List.of("_PARTITION_LOAD_TIME", Partitions.DATE, Partitions.TIME)
                            : Partitions.keys(resource))
                    .stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "Cannot query over table '%s' without a filter over column(s) %s that can be used for partition elimination"
                            .formatted(resource.getId().replace(':', '.'), columns));
        }
    }

    boolean isClustered() {
        return table.resource().getClustering() != null;
    }

    /** @param whole whether all columns are read */
    Size size(boolean whole, Map<String, QueryParameter> parameters) throws SQLException {
        Set<String> names = new HashSet<>();
        scans.forEach(scan -> names.addAll(scan.columns()));
        List<TableFieldSchema> fields = table.fields().stream()
                .filter(field -> whole || names.contains(field.getName()))
                .toList();
        if (fields.isEmpty()) {
            return new Size(0, 0);
        }
        String bytes = LogicalBytes.sql(fields);
        String partitions = either(scans.stream().map(Scan::partitions).toList());
        long most = sum(partitionRows(bytes, List.of()), partitions, parameters);
        String blocks = either(scans.stream().map(Scan::blocks).toList());
        return blocks.equals(partitions)
                ? new Size(most, most)
                : new Size(Math.min(most, sum(blockRows(bytes), blocks, parameters)), most);
    }

    private static String either(List<String> conditions) {
        return conditions.contains(Scan.ALL)
                ? Scan.ALL
                : conditions.stream().distinct().sorted().collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Rows with their bytes and the bounds of their partition, after other columns. */
    private String partitionRows(String bytes, List<String> before) {
        List<String> columns = new ArrayList<>(before);
        columns.add(bytes + " AS _sluice_bytes");
        columns.add(Partitions.always(table.resource()) + " AS _sluice_always");
        columns.addAll(PartitionBounds.of(table));
        return "SELECT %s FROM %s WHERE _sluice_to IS NULL".formatted(String.join(", ", columns), table.duckDbName());
    }

    /** Blocks with their bytes and the bounds of all keys in them. */
    private String blockRows(String bytes) {
        List<String> clustering = table.resource().getClustering().getFields();
        List<String> keys = clustering.stream().map(ColumnTypes::quoted).toList();
        String partition = Partitions.id(table.resource()).orElse("''");
        List<String> place = new ArrayList<>(List.of(
                "rowid AS _sluice_place",
                partition + " AS _sluice_partition",
                LogicalBytes.sql(table.fields()) + " AS _sluice_size"));
        place.addAll(keys);
        String rows = partitionRows(bytes, place);
        String placed = ("SELECT *, (sum(_sluice_size) OVER (PARTITION BY _sluice_partition ORDER BY %s, _sluice_place"
                        + " ROWS UNBOUNDED PRECEDING) - _sluice_size) // %d AS _sluice_block FROM (%s)")
                .formatted(String.join(", ", keys), blockBytes, rows);
        List<String> bounds = new ArrayList<>();
        clustering.forEach(key -> bounds.addAll(List.of(
                "min(%s) AS %s".formatted(ColumnTypes.quoted(key), Scan.least(key)),
                "max(%s) AS %s".formatted(ColumnTypes.quoted(key), Scan.most(key)),
                "bool_or(%s IS NULL) AS %s".formatted(ColumnTypes.quoted(key), Scan.absent(key)))));
        Partitions.keys(table.resource()).stream()
                .filter(key -> clustering.stream().noneMatch(key::equalsIgnoreCase))
                .flatMap(key -> List.of(Scan.least(key), Scan.most(key), Scan.absent(key)).stream())
                .forEach(bound -> bounds.add("any_value(%1$s) AS %1$s".formatted(bound)));
        return ("SELECT sum(_sluice_bytes) AS _sluice_bytes, bool_or(_sluice_always) AS _sluice_always, %s FROM (%s)"
                        + " GROUP BY _sluice_partition, _sluice_block")
                .formatted(String.join(", ", bounds), placed);
    }

    private long sum(String rows, String condition, Map<String, QueryParameter> parameters) throws SQLException {
        List<String> order = scans.get(0).parameters();
        // every parameter must be bound, and so must occur
        String all = IntStream.rangeClosed(1, order.size())
                .mapToObj(number -> " AND (CAST($%d AS VARCHAR) IS NULL OR TRUE)".formatted(number))
                .collect(Collectors.joining());
        String sql =
                "SELECT CAST(coalesce(sum(_sluice_bytes), 0) AS VARCHAR) FROM (%s) WHERE (_sluice_always OR coalesce(%s, FALSE))%s"
                        .formatted(rows, condition, all);
        try (PreparedStatement statement = BoundStatements.bind(connection, sql, order, parameters);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return Long.parseLong(result.getString(1));
        }
    }
}
