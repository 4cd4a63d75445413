package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.sql.TableName;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What queries have found: rows of {@link SharedTables}, for a day, which nobody lists or changes. Thread-safe; what takes a
 * connection runs in the caller's transaction.
 */
final class ResultTables {

    private static final Duration LIFE = Duration.ofHours(24);

    /** About, of a field in JSON. */
    private static final int CHARACTERS = 100;

    private record Kept(
            List<TableFieldSchema> fields, @Nullable FewRows rows) {}

    /**
     * A result that has been committed.
     *
     * @param rows null if they are many
     */
    record Result(StoredTable table, @Nullable FewRows rows) {}

    private final String projectId;
    private final Clock clock;
    private final SharedTables shared;
    private final Latest<Kept> latest = new Latest<>();

    ResultTables(String projectId, Clock clock) {
        this.projectId = projectId;
        this.clock = clock;
        this.shared = new SharedTables(clock, LIFE);
    }

    SharedTables shared() {
        return shared;
    }

    /** Of what is called so. */
    TableReference reference(String name) {
        return new TableReference()
                .setProjectId(projectId)
                .setDatasetId(Tables.RESULTS)
                .setTableId(name);
    }

    /**
     * Remembers a result.
     *
     * @param rows null if they are many
     * @return what does so once the result is committed
     */
    Runnable remembering(ResultName name, List<TableFieldSchema> fields, @Nullable FewRows rows) {
        var kept = new Kept(fields, rows);
        return () -> latest.put(name.text(), kept, CHARACTERS * size(fields));
    }

    /** One of the latest results, if it has not expired. */
    Optional<Result> latest(TableName table) {
        return ResultName.of(table)
                .filter(this::lives)
                .flatMap(name ->
                        latest.find(name.text()).map(kept -> new Result(stored(name, kept.fields()), kept.rows())));
    }

    private static int size(@Nullable List<TableFieldSchema> fields) {
        return fields == null
                ? 0
                : fields.stream().mapToInt(field -> 1 + size(field.getFields())).sum();
    }

    private boolean lives(ResultName name) {
        return name.moment().plus(LIFE).isAfter(clock.instant());
    }

    /** A result that the caller's transaction sees, if it has not expired. */
    Optional<StoredTable> find(Connection connection, TableName table) throws SQLException {
        Optional<ResultName> name = ResultName.of(table).filter(this::lives);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return SharedTables.find(connection, name.get()).map(fields -> stored(name.get(), fields));
    }

    void remove(Connection connection, ResultName name) throws SQLException {
        SharedTables.remove(connection, name);
        latest.forget(name.text());
    }

    private StoredTable stored(ResultName name, List<TableFieldSchema> fields) {
        long created = name.moment().toEpochMilli();
        Table resource = resource(reference(name.text()), fields)
                .setCreationTime(created)
                .setLastModifiedTime(BigInteger.valueOf(created))
                .setExpirationTime(created + LIFE.toMillis());
        return new StoredTable(resource, name.table());
    }

    /** What all tables here have; the fields stay the caller's. */
    static Table resource(TableReference reference, List<TableFieldSchema> fields) {
        return new Table()
                .setKind("bigquery#table")
                .setType("TABLE")
                .setId("%s:%s.%s".formatted(reference.getProjectId(), reference.getDatasetId(), reference.getTableId()))
                .setEtag("e" + reference.getTableId())
                .setTableReference(reference)
                // a list that Google's resources can clone
                .setSchema(new TableSchema().setFields(new ArrayList<>(fields)).clone());
    }
}
