package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.TableCatalogue;
import dev.sluice.item.Sha256;
import dev.sluice.ledger.Fences;
import dev.sluice.ledger.InstanceKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;

/** Puts together what a job execution's steps share. Thread-safe. */
final class BulkInsertRuns {

    private static final String STAGING_DATASET = "sluice_staging";
    private static final int STAGING_NAME_LENGTH = 32;

    /** A row is held in one piece. */
    private static final int MOST_ROW_BYTES = 1 << 30;

    private final TableCatalogue catalogue;
    private final Fences fences;
    private final BulkInsertProperties properties;
    private final Function<TableId, Optional<Schema>> schemas;

    /** @param schemas of tables that are there; blocks for a call */
    BulkInsertRuns(
            TableCatalogue catalogue,
            Fences fences,
            BulkInsertProperties properties,
            Function<TableId, Optional<Schema>> schemas) {
        this.schemas = schemas;
        this.catalogue = catalogue;
        this.fences = fences;
        this.properties = properties;
    }

    BulkInsertRun of(JobExecution execution) {
        InstanceKey instance = InstanceKey.of(execution.getJobInstance().getJobName(), execution.getJobParameters());
        BulkInsertParameters parameters = BulkInsertParameters.of(values(execution.getJobParameters()));
        CatalogueTable declared = catalogue
                .find(parameters.table())
                .orElseThrow(() -> new IllegalStateException(
                        "cannot find table " + parameters.table() + " in sql/schema; it was there at launch"));
        TableId target = target(declared, parameters);
        BulkInsertInput input = BulkInsertInput.of(parameters);
        TableId staging = staging(instance, target);
        CatalogueTable table = parameters.schemaPolicy() == SchemaPolicy.ADD_NULLABLE && input.isReadByBigQuery()
                ? declared.with(NewRawColumns.of(declared, read(staging)))
                : parameters.schemaPolicy().table(declared, input, limits().of(parameters));
        return new BulkInsertRun(
                instance,
                execution.getId(),
                fences.of(instance),
                parameters,
                input,
                table,
                target,
                staging,
                rejectFile(instance),
                limits());
    }

    /** Staging has what the raw table brought along, and goes later. */
    private Optional<Schema> read(TableId staging) {
        return schemas.apply(staging).or(() -> schemas.apply(RawTables.raw(staging)));
    }

    private BulkInsertRun.Limits limits() {
        BulkInsertProperties.Limits limits = properties.bulkInsert();
        return new BulkInsertRun.Limits(
                limits.jobTimeout(),
                (int) Math.min(limits.maxRowSize().toBytes(), MOST_ROW_BYTES),
                limits.maxExpansion());
    }

    TableId target(CatalogueTable table, BulkInsertParameters parameters) {
        return table.tableId(properties.google().projectId(), parameters.org(), properties.environment());
    }

    private TableId staging(InstanceKey instance, TableId target) {
        String owner = Sha256.of(String.join(
                "\n", instance.job(), instance.jobKey(), String.valueOf(instance.generation()), target.getDataset()));
        return TableId.of(
                target.getProject(),
                STAGING_DATASET,
                target.getTable() + "_" + owner.substring(0, STAGING_NAME_LENGTH));
    }

    private Path rejectFile(InstanceKey instance) {
        String name = "%s-%s-%d.rejects".formatted(instance.job(), instance.jobKey(), instance.generation());
        return Path.of(properties.home(), "rejects", name).toAbsolutePath().normalize();
    }

    /** False if the source cannot be read at all, which the first step says. */
    static boolean isReadByBigQuery(JobParameters parameters) {
        return BulkInsertInput.find(BulkInsertParameters.of(values(parameters)), new ArrayList<>())
                .map(BulkInsertInput::isReadByBigQuery)
                .orElse(false);
    }

    private static Map<String, String> values(JobParameters parameters) {
        Map<String, String> values = new HashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), String.valueOf(parameter.value())));
        return values;
    }
}
