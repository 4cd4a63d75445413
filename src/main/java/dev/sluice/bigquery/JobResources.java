package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Builds job resources for submission and compares those that are there. */
final class JobResources {

    private static final String DIGEST_LABEL = "sluice_digest";
    private static final int LABEL_LENGTH = 63;
    private static final int DIGEST_LABEL_LENGTH = 60;

    private final Project project;
    private final ToLongFunction<Tier> maximumBytesBilled;

    /** @param maximumBytesBilled by one query of a tier */
    JobResources(Project project, ToLongFunction<Tier> maximumBytesBilled) {
        this.project = project;
        this.maximumBytesBilled = maximumBytesBilled;
    }

    Job load(Effect effect, LoadRequest request) {
        var load = new JobConfigurationLoad()
                .setDestinationTable(reference(request.destination()))
                .setSchema(schema(request.schema().getFields()))
                .setSourceFormat(sourceFormat(request.format()))
                .setUseAvroLogicalTypes(request.format() == LoadFormat.AVRO ? true : null)
                .setDecimalTargetTypes(request.format() == LoadFormat.AVRO ? FileLoads.DECIMALS : null)
                .setIgnoreUnknownValues(request.options().contains(LoadOption.IGNORE_UNKNOWN) ? true : null)
                .setSchemaUpdateOptions(
                        request.options().contains(LoadOption.ADD_COLUMNS) ? List.of("ALLOW_FIELD_ADDITION") : null)
                .setCreateDisposition("CREATE_NEVER")
                .setWriteDisposition("WRITE_APPEND");
        return job(effect, new JobConfiguration().setLoad(load));
    }

    private static String sourceFormat(LoadFormat format) {
        return switch (format) {
            case NDJSON -> "NEWLINE_DELIMITED_JSON";
            case CSV -> "CSV";
            case AVRO -> "AVRO";
        };
    }

    Job load(Effect effect, FileLoad request) {
        return job(effect, new JobConfiguration().setLoad(FileLoads.configuration(request)));
    }

    Job query(Effect effect, SqlStatement statement) {
        return job(effect, new JobConfiguration().setQuery(query(statement, effect.tier())));
    }

    Job query(String id, SqlStatement statement, Deadline deadline) {
        var configuration = new JobConfiguration()
                .setQuery(query(statement, deadline.tier()))
                .setLabels(Map.of("sluice_sql", label(statement.name())))
                .setJobTimeoutMs(deadline.remaining().toMillis());
        return named(new Job().setConfiguration(configuration), id);
    }

    private JobConfigurationQuery query(SqlStatement statement, Tier tier) {
        List<QueryParameter> parameters = new ArrayList<>();
        statement.parameters().forEach((name, value) -> parameters.add(Parameters.named(name, value)));
        return new JobConfigurationQuery()
                .setQuery(statement.text())
                .setUseLegacySql(false)
                .setMaximumBytesBilled(maximumBytesBilled.applyAsLong(tier))
                .setParameterMode(parameters.isEmpty() ? null : "NAMED")
                .setQueryParameters(parameters.isEmpty() ? null : parameters);
    }

    private static Job job(Effect effect, JobConfiguration configuration) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("sluice_job", label(effect.key().instance().job()));
        labels.put("sluice_step", label(effect.key().step()));
        labels.put("sluice_run", String.valueOf(effect.runId()));
        labels.put(DIGEST_LABEL, digestLabel(effect.key().digest()));
        configuration.setLabels(labels).setJobTimeoutMs(effect.limit().toMillis());
        return new Job().setConfiguration(configuration);
    }

    Job named(Job job, String bigQueryJobId) {
        return new Job()
                .setConfiguration(job.getConfiguration())
                .setJobReference(new JobReference()
                        .setProjectId(project.id())
                        .setLocation(project.location())
                        .setJobId(bigQueryJobId));
    }

    /** Whether a job that is there was submitted for the same effect: type, destination or text, and digest. */
    static boolean isSame(Job wanted, Job there) {
        JobConfiguration a = wanted.getConfiguration();
        JobConfiguration b = there.getConfiguration();
        if (!digestOf(a).equals(digestOf(b))) {
            return false;
        }
        if (a.getLoad() != null) {
            return b.getLoad() != null
                    && a.getLoad().getDestinationTable().equals(b.getLoad().getDestinationTable());
        }
        return b.getQuery() != null
                && a.getQuery().getQuery().equals(b.getQuery().getQuery());
    }

    private static String digestOf(JobConfiguration configuration) {
        Map<String, String> labels = configuration.getLabels();
        return labels == null ? "" : labels.getOrDefault(DIGEST_LABEL, "");
    }

    /** Whether a job that is there was submitted with this digest. */
    static boolean carries(String digest, Job there) {
        return digestLabel(digest).equals(digestOf(there.getConfiguration()));
    }

    private static String digestLabel(String digest) {
        return digest.substring(0, Math.min(digest.length(), DIGEST_LABEL_LENGTH));
    }

    /** Labels allow lower-case letters, digits, underscore and dash, 63 at most. */
    private static String label(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_");
        return plain.substring(0, Math.min(plain.length(), LABEL_LENGTH));
    }

    static TableReference reference(TableId table) {
        return new TableReference()
                .setProjectId(table.getProject())
                .setDatasetId(table.getDataset())
                .setTableId(table.getTable());
    }

    static TableSchema schema(FieldList fields) {
        return new TableSchema()
                .setFields(fields.stream().map(JobResources::field).toList());
    }

    private static TableFieldSchema field(Field field) {
        List<TableFieldSchema> subFields = field.getSubFields() == null
                ? null
                : field.getSubFields().stream().map(JobResources::field).toList();
        return new TableFieldSchema()
                .setName(field.getName())
                .setType(field.getType().name())
                .setMode(field.getMode() == null ? null : field.getMode().name())
                .setDescription(field.getDescription())
                .setMaxLength(field.getMaxLength())
                .setPrecision(field.getPrecision())
                .setScale(field.getScale())
                .setFields(subFields);
    }
}
