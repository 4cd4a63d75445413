package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.bigquery.BigQueryTables;
import dev.sluice.bigquery.Deadline;
import dev.sluice.bigquery.Deadlines;
import dev.sluice.bigquery.LoadContent;
import dev.sluice.bigquery.LoadFormat;
import dev.sluice.bigquery.LoadOption;
import dev.sluice.bigquery.LoadRequest;
import dev.sluice.bigquery.SqlFiles;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.Sha256;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Makes sure that the target is as {@code sql/schema} says and that there is a staging table like it. */
final class PrepareTablesTasklet implements Tasklet {

    private static final String STEP = "prepareTables";

    private final BulkInsertRuns runs;
    private final BigQueryTables tables;
    private final BigQueryJobs jobs;
    private final SqlFiles sql;
    private final Deadlines deadlines;
    private final Duration stagingLifetime;

    PrepareTablesTasklet(BulkInsertRuns runs, Door door, Duration stagingLifetime) {
        this.runs = runs;
        this.tables = door.tables();
        this.jobs = door.jobs();
        this.sql = door.sql();
        this.deadlines = door.deadlines();
        this.stagingLifetime = stagingLifetime;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        BulkInsertRun run = runs.of(contribution.getStepExecution().getJobExecution());
        createTarget(run);
        run.fence().verify();
        Deadline deadline = deadlines.start(Tier.BATCH);
        tables.createDataset(datasetOf(run.staging()), deadline);
        tables.createStaging(run.staging(), run.stagingSchema(), stagingLifetime, deadline);
        return RepeatStatus.FINISHED;
    }

    private void createTarget(BulkInsertRun run) {
        Deadline deadline = deadlines.start(Tier.BATCH);
        Optional<Schema> live = tables.find(run.target(), deadline);
        if (live.isEmpty()) {
            create(run, deadline);
            live = tables.find(run.target(), deadline);
        }
        Schema schema = live.orElseThrow(() -> dropped(run));
        List<TableColumn> missing = missing(run, schema);
        if (!missing.isEmpty()) {
            addColumns(run, schema, missing);
        }
    }

    private static IllegalStateException dropped(BulkInsertRun run) {
        return new IllegalStateException(
                "cannot insert into %s: the run created it, and somebody has dropped it since; create it with sql/%s and restart"
                        .formatted(BulkInsertRun.name(run.target()), run.table().ddlFile()));
    }

    /** A load without rows; BigQuery adds what its schema has and the table has not. */
    private void addColumns(BulkInsertRun run, Schema live, List<TableColumn> missing) {
        run.fence().verify();
        List<Field> fields = new ArrayList<>(live.getFields());
        missing.forEach(column -> fields.add(run.table().schema().getFields().get(column.name())));
        String names = missing.stream().map(TableColumn::name).collect(Collectors.joining(", "));
        jobs.load(
                run.effect(STEP, "add columns", Sha256.of(names), false),
                new LoadRequest(
                        run.target(),
                        Schema.of(fields),
                        LoadFormat.NDJSON,
                        Set.of(LoadOption.ADD_COLUMNS),
                        0,
                        new NoRows()));
    }

    private record NoRows() implements LoadContent {

        @Override
        public long size() {
            return 0;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    private void create(BulkInsertRun run, Deadline deadline) {
        run.fence().verify();
        tables.createDataset(datasetOf(run.target()), deadline);
        SqlStatement ddl =
                sql.statement(run.table().ddlFile(), Map.of("table", new SqlIdentifier.Table(run.target())), Map.of());
        jobs.execute(run.effect(STEP, "create " + run.table().name(), Sha256.of(ddl.text()), false), ddl);
    }

    /** What the live table lacks and may get; refuses everything else that is not as it is declared. */
    private static List<TableColumn> missing(BulkInsertRun run, Schema live) {
        List<TableColumn> missing = new ArrayList<>();
        for (TableColumn column : run.table().columns()) {
            Optional<Field> there = live.getFields().stream()
                    .filter(field -> field.getName().equalsIgnoreCase(column.name()))
                    .findFirst();
            boolean addable = run.parameters().schemaPolicy() == SchemaPolicy.ADD_NULLABLE
                    && column.mode() != ColumnMode.REQUIRED;
            if (there.isEmpty() && addable) {
                missing.add(column);
            } else if (there.isEmpty() || !ColumnShape.isSame(column, there.get())) {
                throw new IllegalStateException(
                        "cannot insert into %s: column %s is not there as a column of type %s, which sql/%s or the source wants; migrate the table or mend the file"
                                .formatted(
                                        BulkInsertRun.name(run.target()),
                                        column.name(),
                                        ColumnShape.of(column),
                                        run.table().ddlFile()));
            }
        }
        return missing;
    }

    private static DatasetId datasetOf(TableId table) {
        return DatasetId.of(table.getProject(), table.getDataset());
    }
}
