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

    private final ParquetSettings settings;

    ParquetFormat(JobConfigurationLoad load) {
        this.settings = ParquetSettings.of(load);
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
        List<ParquetColumn> columns = described(connection, files.get(0));
        for (SourceFile file : files) {
            // DuckDB would read them all by the types of the first one
            if (!described(connection, file).equals(columns)) {
                throw LoadRefused.unsupported("Parquet files of different columns in one load: %s and %s"
                        .formatted(files.get(0).uri(), file.uri()));
            }
            settings.requireTexts(connection, file);
        }
        List<TableFieldSchema> fields =
                columns.stream().map(ParquetColumn::field).toList();
        fields.forEach(settings::requireLists);
        return Optional.of(fields);
    }

    private static List<ParquetColumn> described(Connection connection, SourceFile file) {
        List<ParquetColumn> described = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + source(List.of(file)))) {
            while (columns.next()) {
                String type = columns.getString("column_type");
                described.add(new ParquetColumn(DuckDbFields.of(columns.getString("column_name"), type), type));
            }
            return described;
        } catch (SQLException e) {
            throw unreadable(List.of(file), e);
        }
    }

    @Override
    public long load(Connection connection, LoadTarget target, List<SourceFile> files, BadRecords bad)
            throws SQLException {
        List<ParquetColumn> given = described(connection, files.get(0)).stream()
                .filter(column ->
                        Fields.position(target.fields(), column.field().getName()) >= 0)
                .toList();
        String columns = given.stream().map(ParquetColumn::quoted).collect(Collectors.joining(", "));
        String values = given.stream().map(ParquetColumn::value).collect(Collectors.joining(", "));
        target.job().requireGoing();
        try (Statement statement = connection.createStatement()) {
            long rows = statement.executeUpdate("INSERT INTO data.%s (%s, _sluice_from) SELECT %s, %d FROM %s"
                    .formatted(target.table(), columns, values, target.commit(), source(files)));
            for (ParquetColumn column : given) {
                requireBounds(statement, target, column.field(), files);
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
        Optional<String> outside = ValueBounds.outside(ExtractTexts.quoted(column.getName()), column, 0);
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

    private static LoadRefused unreadable(List<SourceFile> files, SQLException e) {
        Optional<String> lost = ParquetColumn.lost(e);
        if (lost.isPresent()) {
            return LoadRefused.unsupported(
                    "values of Parquet with more decimals than BigQuery's type has (field %s)".formatted(lost.get()));
        }
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
}
