package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the first 500 rows of a CSV file say of its columns.
 *
 * @param firstRow how many rows come before the data
 */
record CsvDetection(List<TableFieldSchema> fields, long firstRow) {

    private static final int LOOKED_AT = 500;

    /** @param skipGiven whether the load says how many rows to skip; the last of them may be the header */
    static CsvDetection of(SourceFile file, CsvSettings settings, boolean skipGiven) throws IOException {
        long skip = settings.skipLeadingRows();
        boolean mayHaveHeader = !skipGiven || skip > 0;
        long before = skipGiven && skip > 0 ? skip - 1 : 0;
        List<List<CsvRecords.Field>> rows = sample(file, settings, before);
        if (rows.isEmpty()) {
            throw LoadRefused.unreadable(file, "Schema has no fields.");
        }
        List<CsvRecords.Field> first = rows.get(0);
        List<List<CsvRecords.Field>> others = rows.subList(1, rows.size());
        List<@Nullable FieldType> types = types(others, settings);
        boolean header = mayHaveHeader
                && first.stream().allMatch(field -> TypeGuess.of(field.text()) == FieldType.STRING)
                && types.stream().anyMatch(type -> type != null && type != FieldType.STRING);
        if (header) {
            return new CsvDetection(named(types, first), before + 1);
        }
        boolean skipFirst = skipGiven && skip > 0;
        return new CsvDetection(named(types(skipFirst ? others : rows, settings), List.of()), skipFirst ? skip : 0);
    }

    private static List<List<CsvRecords.Field>> sample(SourceFile file, CsvSettings settings, long before)
            throws IOException {
        List<List<CsvRecords.Field>> rows = new ArrayList<>();
        try (CsvRecords records = CsvRecords.open(file, settings)) {
            long number = 0;
            for (List<CsvRecords.Field> row = records.next();
                    row != null && rows.size() < LOOKED_AT;
                    row = records.next()) {
                if (number >= before) {
                    rows.add(row);
                }
                number++;
            }
        } catch (BadRow e) {
            throw LoadRefused.unreadable(file, String.valueOf(e.getMessage()));
        }
        return rows;
    }

    /** Null where a column has no values. */
    private static List<@Nullable FieldType> types(List<List<CsvRecords.Field>> rows, CsvSettings settings) {
        List<@Nullable FieldType> types = new ArrayList<>();
        for (List<CsvRecords.Field> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (types.size() <= i) {
                    types.add(null);
                }
                CsvRecords.Field field = row.get(i);
                if (field.quoted() || !settings.nullMarkers().contains(field.text())) {
                    types.set(i, TypeGuess.common(types.get(i), TypeGuess.of(field.text())));
                }
            }
        }
        return types;
    }

    private static List<TableFieldSchema> named(List<@Nullable FieldType> types, List<CsvRecords.Field> names) {
        List<TableFieldSchema> fields = new ArrayList<>();
        for (int i = 0; i < Math.max(types.size(), names.size()); i++) {
            FieldType guessed = i < types.size() ? types.get(i) : null;
            FieldType type = guessed == null ? FieldType.STRING : guessed;
            String name = i < names.size() && !names.get(i).text().isBlank()
                    ? TypeGuess.name(names.get(i).text())
                    : generic(type, i);
            requireNew(name, fields);
            fields.add(new TableFieldSchema().setName(name).setType(type.name()).setMode("NULLABLE"));
        }
        return fields;
    }

    private static void requireNew(String name, List<TableFieldSchema> fields) {
        if (Fields.position(fields, name) >= 0) {
            throw LoadRefused.unsupported("headers of CSV files that name two columns %s".formatted(name));
        }
    }

    private static String generic(FieldType type, int column) {
        String prefix = switch (type) {
            case INTEGER -> "int64";
            case FLOAT -> "double";
            case BOOLEAN -> "bool";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
        return "%s_field_%d".formatted(prefix, column);
    }
}
