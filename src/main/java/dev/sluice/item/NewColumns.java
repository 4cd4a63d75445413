package dev.sluice.item;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.UnitReader.Source;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Columns that the first rows of a source have and its table has not. A column of JSON has the type of its values, JSON
 * if they are of several, STRING if all are null; a column of CSV is STRING, since nobody says what its text means. The
 * same source gives the same columns. Not thread-safe.
 */
public final class NewColumns {

    private static final int ROWS = 1_000;
    private static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("(?!(?i)_table_|_file_|_partition|sluice_)[A-Za-z_]\\w{0,127}");

    private final JsonFactory json = new JsonFactory();
    private final Source source;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private int rows;

    private NewColumns(Source source) {
        this.source = source;
    }

    /**
     * In the order in which they appear; none that BigQuery would not take as a column.
     *
     * @throws IOException if a file cannot be read
     */
    public static List<TableColumn> of(Source source) throws IOException {
        var columns = new NewColumns(source);
        for (SourceFile file : source.files()) {
            columns.look(file);
        }
        return columns.found.values().stream().map(Found::column).toList();
    }

    private void look(SourceFile file) throws IOException {
        SourceLayout layout = source.layout();
        boolean csv = layout.format() == SourceFormat.CSV;
        try (InputStream text = file.openText(layout.encoding(), source.limits().maxExpansion(), 0)) {
            var scanner = new RecordScanner(
                    text,
                    SourcePosition.START,
                    csv ? layout.csv() : null,
                    source.limits().maxRowBytes());
            scanner.skipByteOrderMark();
            if (csv) {
                header(scanner);
                return;
            }
            while (rows < ROWS && scanner.advance()) {
                rows++;
                row(scanner.record());
            }
        }
    }

    private void header(RecordScanner scanner) throws IOException {
        if (!source.layout().csv().header() || !scanner.advance()) {
            return;
        }
        byte[] record = scanner.record();
        CsvRecord names = new CsvFields(source.layout().csv()).parse(record, 0, record.length);
        if (names != null) {
            names.getFields().forEach(name -> add(name.strip(), ColumnType.STRING));
        }
    }

    /** What is no row is set aside later. */
    private void row(byte[] record) {
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), record)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                add(name, type(parser.nextToken(), parser));
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            return;
        }
    }

    private static @Nullable ColumnType type(JsonToken value, JsonParser parser) {
        return switch (value) {
            case VALUE_STRING -> ColumnType.STRING;
            case VALUE_TRUE, VALUE_FALSE -> ColumnType.BOOL;
            case VALUE_NUMBER_FLOAT -> ColumnType.FLOAT64;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? ColumnType.FLOAT64 : ColumnType.INT64;
            case VALUE_NULL -> null;
            default -> ColumnType.JSON;
        };
    }

    /** @param type null if nothing is known of it but that it is there */
    private void add(String name, @Nullable ColumnType type) {
        if (source.columns().position(name) >= 0 || !NAME.matcher(name).matches()) {
            return;
        }
        String key = name.toLowerCase(Locale.ROOT);
        Found known = found.get(key);
        if (known != null) {
            found.put(key, new Found(known.name(), common(known.type(), type)));
        } else if (found.size() < MOST) {
            found.put(key, new Found(name, type));
        }
    }

    private static @Nullable ColumnType common(@Nullable ColumnType one, @Nullable ColumnType other) {
        if (one == null || other == null || one == other) {
            return one == null ? other : one;
        }
        boolean numbers = isNumber(one) && isNumber(other);
        return numbers ? ColumnType.FLOAT64 : ColumnType.JSON;
    }

    private static boolean isNumber(ColumnType type) {
        return type == ColumnType.INT64 || type == ColumnType.FLOAT64;
    }

    private record Found(String name, @Nullable ColumnType type) {

        TableColumn column() {
            return new TableColumn(name, type == null ? ColumnType.STRING : type, ColumnMode.NULLABLE, List.of(), null);
        }
    }
}
