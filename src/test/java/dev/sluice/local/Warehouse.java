package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** Executes statements as the server does, without the server around them. */
final class Warehouse implements AutoCloseable {

    static final String PROJECT = "test-project";

    /** A result: types as DuckDB has them, values as text, and what the job says of itself. */
    record Result(
            List<String> names, List<String> types, List<List<@Nullable Object>> rows, JobStatistics statistics) {}

    private final Store store;
    private final Tables tables;
    private final QueryEffects queries;
    private final Attempts attempts;
    private final AtomicInteger jobs = new AtomicInteger();

    Warehouse(Path folder, Clock clock) throws SQLException, IOException {
        this(folder, clock, Pricing.BLOCK_BYTES);
    }

    Warehouse(Path folder, Clock clock, long blockBytes) throws SQLException, IOException {
        var objects = new GcsFolder(OwnerOnly.folder(folder.resolve("objects")));
        this.store = Store.open(folder, List.of(objects.root()), "512MB", clock);
        this.tables = new Tables(new Datasets(PROJECT, clock, store.commits()), PROJECT, clock, store.commits());
        this.attempts = new Attempts(store, new TableLanes(PROJECT, clock), PROJECT);
        this.queries = new QueryEffects(store, tables, PROJECT, objects, clock, blockBytes);
    }

    /** For what is no statement. */
    interface Work<T> {
        T on(Connection connection, Tables tables) throws SQLException;
    }

    <T> T change(Work<T> work) {
        return store.change(connection -> work.on(connection, tables));
    }

    void dataset(String name) {
        store.change(connection -> tables.createDataset(
                connection, new Dataset().setDatasetReference(new DatasetReference().setDatasetId(name))));
    }

    Result query(String sql, QueryParameter... parameters) {
        var query = new JobConfigurationQuery()
                .setQuery(sql)
                .setUseLegacySql(false)
                .setQueryParameters(new ArrayList<>(List.of(parameters)));
        return query(query);
    }

    Result query(JobConfigurationQuery query) {
        queries.requireSupported(query);
        Job job = job(query);
        var script = QueryText.of(job).script();
        if (script.isPresent()) {
            new Scripts(store, attempts, queries).run(job, script.get(), RunningJob.written(QueryText.NONE));
            return store.read(connection -> result(connection, job));
        }
        return store.transaction(1, connection -> {
            queries.apply(connection, job, RunningJob.written(QueryText.NONE));
            return result(connection, job);
        });
    }

    private Job job(JobConfigurationQuery query) {
        return new Job()
                .setJobReference(new JobReference().setProjectId(PROJECT).setJobId("job" + jobs.incrementAndGet()))
                .setStatistics(new JobStatistics())
                .setConfiguration(new JobConfiguration().setQuery(query));
    }

    /** What the last of these statements answers; nothing of them stays. */
    Result tried(String... statements) {
        try (OpenTransaction open = store.begin()) {
            Job job = new Job();
            for (String sql : statements) {
                job = job(new JobConfigurationQuery()
                        .setQuery(sql)
                        .setUseLegacySql(false)
                        .setUseQueryCache(false));
                queries.apply(open.connection(), job, RunningJob.written(QueryText.NONE));
            }
            return result(open.connection(), job);
        } catch (SQLException e) {
            throw Faults.of(e);
        }
    }

    /**
     * Executes a statement that changes a table in its turn.
     *
     * @param meanwhile what happens each time when the statement has begun to read, before it changes anything
     */
    void inTurn(String sql, Runnable meanwhile) {
        Job job = new Job()
                .setJobReference(new JobReference().setProjectId(PROJECT).setJobId("turn" + jobs.incrementAndGet()))
                .setStatistics(new JobStatistics())
                .setConfiguration(new JobConfiguration()
                        .setQuery(new JobConfigurationQuery().setQuery(sql).setUseLegacySql(false)));
        var state = RunningJob.written(QueryText.NONE);
        Claim claim = store.read(connection -> queries.claim(connection, job)).orElseThrow();
        attempts.inTurn(claim, state, connection -> {
            queries.claim(connection, job);
            meanwhile.run();
            queries.apply(connection, job, state);
            return job;
        });
    }

    String rows(String sql, QueryParameter... parameters) {
        return query(sql, parameters).rows().toString();
    }

    /** @param words of the refusal */
    void refuses(String sql, String words) {
        assertThatExceptionOfType(RuntimeException.class)
                .as(sql)
                .isThrownBy(() -> query(sql))
                .withMessageContaining(words);
    }

    /** What a dry run says. */
    JobStatistics dryRun(String sql, QueryParameter... parameters) {
        Job job = new Job()
                .setStatistics(new JobStatistics())
                .setConfiguration(new JobConfiguration()
                        .setQuery(new JobConfigurationQuery()
                                .setQuery(sql)
                                .setUseLegacySql(false)
                                .setQueryParameters(List.of(parameters))));
        return store.read(connection -> {
            new DryRuns(tables, queries.reader()).tell(connection, job, QueryText.of(job));
            return job.getStatistics();
        });
    }

    private Result result(Connection connection, Job job) throws SQLException {
        var destination = job.getConfiguration().getQuery().getDestinationTable();
        return destination == null
                ? new Result(List.of(), List.of(), List.of(), job.getStatistics())
                : read(connection, new TableName(destination.getDatasetId(), destination.getTableId()), job);
    }

    private Result read(Connection connection, TableName name, Job job) throws SQLException {
        PartitionNames.Name parts = PartitionNames.of(name);
        StoredTable table = tables.get(connection, parts.table());
        String sql = "SELECT %s FROM %s WHERE %s ORDER BY rowid"
                .formatted(
                        table.columns(),
                        table.duckDbName(),
                        CopySource.now(table, parts.partition()).condition());
        try (PreparedStatement prepared = connection.prepareStatement(sql);
                ResultSet result = prepared.executeQuery()) {
            int width = result.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                names.add(result.getMetaData().getColumnName(i));
                types.add(result.getMetaData().getColumnTypeName(i));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(value(result.getObject(i)));
                }
                rows.add(row);
            }
            return new Result(names, types, rows, job.getStatistics());
        }
    }

    /** A text, or a list of an array's or a struct's values. */
    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        if (value instanceof java.sql.Array array) {
            return values((Object[]) array.getArray());
        }
        if (value instanceof DuckDBStruct struct) {
            return values(struct.getAttributes());
        }
        if (value instanceof java.sql.Blob blob) {
            return Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
        }
        return text(value);
    }

    private static List<@Nullable Object> values(Object[] elements) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object element : elements) {
            values.add(value(element));
        }
        return values;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime().toString();
        }
        if (value instanceof java.sql.Timestamp time) {
            return time.toLocalDateTime().toString();
        }
        return value == null ? null : value.toString();
    }

    @Override
    public void close() throws SQLException {
        store.close();
    }
}
