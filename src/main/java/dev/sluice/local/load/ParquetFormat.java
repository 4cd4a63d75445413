package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parquet files, which DuckDB reads. */
final class ParquetFormat implements FileFormat {

    private final boolean listInference;

    ParquetFormat(JobConfigurationLoad load) {
        this.listInference = load.getParquetOptions() != null
                && Boolean.TRUE.equals(load.getParquetOptions().getEnableListInference());
    }

    @Override
    public String name() {
        return "Parquet";
    }

    @Override
    public boolean guesses() {
        return false;
    }

    @Override
    public Optional<List<TableFieldSchema>> fields(Connection connection, List<SourceFile> files) throws SQLException {
        List<TableFieldSchema> fields = described(connection, files.get(0));
        for (SourceFile file : files) {
            if (!described(connection, file).equals(fields)) {
                throw LoadRefused.unsupported("Parquet files of different columns in one load: %s and %s"
                        .formatted(files.get(0).uri(), file.uri()));
            }
        }
        fields.forEach(this::requireLists);
        return Optional.of(fields);
    }

    private static List<TableFieldSchema> described(Connection connection, SourceFile file) {
        List<TableFieldSchema> fields = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + source(List.of(file)))) {
            while (columns.next()) {
                fields.add(DuckDbFields.of(columns.getString("column_name"), columns.getString("column_type")));
            }
            return fields;
        } catch (SQLException e) {
            throw unreadable(List.of(file), e);
        }
    }

    /** Without list inference BigQuery makes records with a member "list" of them, which nobody wants. */
    private void requireLists(TableFieldSchema field) {
        if (FieldType.isRepeated(field) && !listInference) {
            throw LoadRefused.unsupported(
                    "lists in Parquet files unless parquetOptions.enableListInference is set (field %s)"
                            .formatted(field.getName()));
        }
        if (field.getFields() != null) {
            field.getFields().forEach(this::requireLists);
        }
    }

    @Override
    public long load(Connection connection, LoadTarget target, List<SourceFile> files, BadRecords bad)
            throws SQLException {
        List<TableFieldSchema> given = fields(connection, files).orElseThrow().stream()
                .filter(field -> Fields.position(target.fields(), field.getName()) >= 0)
                .toList();
        String columns = given.stream().map(ParquetFormat::quoted).collect(Collectors.joining(", "));
        String values = given.stream().map(ParquetFormat::value).collect(Collectors.joining(", "));
        target.job().requireGoing();
        try (Statement statement = connection.createStatement()) {
            long rows = statement.executeUpdate("INSERT INTO data.%s (%s, _sluice_from) SELECT %s, %d FROM %s"
                    .formatted(target.table(), columns, values, target.commit(), source(files)));
            for (TableFieldSchema field : given) {
                requireBounds(statement, target, field, files);
            }
            return rows;
        } catch (SQLException e) {
            throw unreadable(files, e);
        }
    }

    private static void requireBounds(
            Statement statement, LoadTarget target, TableFieldSchema field, List<SourceFile> files)
            throws SQLException {
        TableFieldSchema column = target.fields().get(Fields.position(target.fields(), field.getName()));
        Optional<String> outside = ValueBounds.outside(quoted(column), column, 0);
        if (outside.isEmpty()) {
            return;
        }
        try (ResultSet rows = statement.executeQuery("SELECT 'x' FROM data.%s WHERE _sluice_from = %d AND %s LIMIT 1"
                .formatted(target.table(), target.commit(), outside.get()))) {
            if (rows.next()) {
                throw LoadRefused.unreadable(
                        files.get(0),
                        "A value of field %s is out of range or beyond the column's limits, or NULL within an array"
                                .formatted(field.getName()));
            }
        }
    }

    /** BigQuery has no NULL arrays. */
    private static String value(TableFieldSchema field) {
        return FieldType.isRepeated(field) ? "COALESCE(%s, [])".formatted(quoted(field)) : quoted(field);
    }

    private static LoadRefused unreadable(List<SourceFile> files, SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("NOT NULL constraint failed")) {
            String column = message.substring(message.lastIndexOf('.') + 1).strip();
            return LoadRefused.unreadable(files.get(0), "Missing required field: %s.".formatted(column));
        }
        return LoadRefused.unreadable(files.get(0), "The file is not Parquet, or its values do not fit the table.");
    }

    private static String source(List<SourceFile> files) {
        return files.stream()
                .map(file -> "'" + file.path().toString().replace("'", "''") + "'")
                .collect(Collectors.joining(", ", "read_parquet([", "])"));
    }

    private static String quoted(TableFieldSchema field) {
        return "\"" + field.getName().replace("\"", "\"\"") + "\"";
    }
}
