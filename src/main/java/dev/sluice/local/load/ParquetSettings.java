package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.ParquetOptions;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * What lists and enums of Parquet files become.
 *
 * @param lists whether lists become arrays
 * @param texts whether enums become texts
 */
record ParquetSettings(boolean lists, boolean texts) {

    static ParquetSettings of(JobConfigurationLoad load) {
        ParquetOptions options = Objects.requireNonNullElseGet(load.getParquetOptions(), ParquetOptions::new);
        return new ParquetSettings(
                Boolean.TRUE.equals(options.getEnableListInference()), Boolean.TRUE.equals(options.getEnumAsString()));
    }

    /**
     * Enums are BYTES else, where DuckDB reads texts.
     *
     * @throws LoadRefused if the file has enums that should be no texts
     */
    void requireTexts(Connection connection, SourceFile file) throws SQLException {
        if (texts) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery(
                        "SELECT name FROM parquet_schema('%s') WHERE converted_type = 'ENUM' OR logical_type = 'EnumType()' LIMIT 1"
                                .formatted(file.path().toString().replace("'", "''")))) {
            if (names.next()) {
                throw LoadRefused.unsupported(
                        "enums in Parquet files unless parquetOptions.enumAsString is set (field %s)"
                                .formatted(names.getString(1)));
            }
        }
    }

    /** Without list inference BigQuery makes records with a member "list" of them, which nobody wants. */
    void requireLists(TableFieldSchema field) {
        if (FieldType.isRepeated(field) && !lists) {
            throw LoadRefused.unsupported(
                    "lists in Parquet files unless parquetOptions.enableListInference is set (field %s)"
                            .formatted(field.getName()));
        }
        if (field.getFields() != null) {
            field.getFields().forEach(this::requireLists);
        }
    }
}
