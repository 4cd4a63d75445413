package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import dev.sluice.local.load.FileFormat;
import dev.sluice.local.load.SourceFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The columns that a load brings: said by it, written in its files, or guessed of them. */
final class LoadColumns {

    private final Tables tables;
    private final Connection connection;
    private final JobConfigurationLoad load;
    private final FileFormat format;

    LoadColumns(Tables tables, Connection connection, JobConfigurationLoad load, FileFormat format) {
        this.tables = tables;
        this.connection = connection;
        this.load = load;
        this.format = format;
    }

    /** Empty if nothing tells them. */
    Optional<List<TableFieldSchema>> of(List<SourceFile> files) throws SQLException, IOException {
        Optional<List<TableFieldSchema>> said = said(files);
        return said.isPresent() && format.guesses() ? Optional.of(corrected(said.get())) : said;
    }

    /** What the load says its columns are, or else what its files say. */
    private Optional<List<TableFieldSchema>> said(List<SourceFile> files) throws SQLException, IOException {
        Optional<List<TableFieldSchema>> own = format.fields(connection, files);
        TableSchema schema = load.getSchema();
        SchemaRules.normalize(schema);
        if (schema != null && schema.getFields() != null) {
            if (own.isPresent() && !format.guesses()) {
                requireAgreement(own.get(), schema.getFields());
            }
            return Optional.of(schema.getFields());
        }
        if (own.isEmpty() || format.guesses()) {
            return own;
        }
        boolean asTheTable = Boolean.TRUE.equals(load.getIgnoreUnknownValues())
                && load.getSchemaUpdateOptions() == null
                && !"WRITE_TRUNCATE".equals(load.getWriteDisposition());
        return asTheTable ? Optional.of(known(own.get())) : own;
    }

    /** A schema may say other modes than the files, leave out what is ignored and add what they lack. */
    private void requireAgreement(List<TableFieldSchema> own, List<TableFieldSchema> declared) {
        for (TableFieldSchema field : own) {
            Optional<TableFieldSchema> there = TableSchemas.named(declared, field.getName());
            boolean agrees = there.isPresent()
                    ? TableSchemas.isSameType(there.get(), field)
                    : Boolean.TRUE.equals(load.getIgnoreUnknownValues());
            if (!agrees) {
                throw ApiError.unsupported("a schema of a load that differs from that of its %s files (field %s)"
                        .formatted(format.name(), field.getName()));
            }
        }
    }

    /** Without those that an existing table does not have, if it has any. */
    private List<TableFieldSchema> known(List<TableFieldSchema> own) throws SQLException {
        Optional<StoredTable> there =
                tables.find(connection, LoadDestination.name(load).table());
        return there.isEmpty() || there.get().fields().isEmpty()
                ? own
                : own.stream()
                        .filter(field -> TableSchemas.named(there.get().fields(), field.getName())
                                .isPresent())
                        .toList();
    }

    /** What is guessed of files gives way to what an existing table knows. */
    private List<TableFieldSchema> corrected(List<TableFieldSchema> guessed) throws SQLException {
        List<TableFieldSchema> known = tables.find(
                        connection, LoadDestination.name(load).table())
                .map(StoredTable::fields)
                .orElse(List.of());
        return guessed.stream()
                .map(field -> TableSchemas.named(known, field.getName()).orElse(field))
                .toList();
    }
}
