package dev.sluice.item;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which column each field of a CSV file stands for.
 *
 * @param positions of the table's columns, in the file's order
 * @param tenantMissing whether the tenant column has to be filled in
 */
public record CsvHeader(int[] positions, boolean tenantMissing) {

    private static final int MAX_BYTES = 1 << 20;

    /** @throws IllegalArgumentException with every problem of the header, separated by semicolons */
    static CsvHeader parse(byte[] line, RowColumns columns) {
        List<String> problems = new ArrayList<>();
        CsvHeader header = read(line, columns, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("CSV header: " + String.join("; ", problems));
        }
        return header;
    }

    /**
     * Every problem of a file's header; empty if rows can be read with it, or if there is none because the file is empty.
     *
     * @throws IOException if the file cannot be read
     */
    public static List<String> problems(Path file, RowColumns columns) throws IOException {
        List<String> problems = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            var scanner = new RecordScanner(in, 0, 1, true, MAX_BYTES);
            scanner.skipByteOrderMark();
            if (scanner.advance()) {
                read(scanner.record(), columns, problems);
            }
        } catch (RowTooLong | UnendedQuote e) {
            problems.add("the header is no CSV record");
        }
        return problems;
    }

    private static CsvHeader read(byte[] line, RowColumns columns, List<String> problems) {
        CsvRecord names = Utf8.isWellFormed(line, 0, line.length) ? CsvRows.parse(line, 0, line.length) : null;
        if (names == null) {
            problems.add("the header is no CSV record in UTF-8");
            return new CsvHeader(new int[0], false);
        }
        int[] positions = new int[names.getFieldCount()];
        boolean[] seen = new boolean[columns.columns().size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = place(names.getField(i).strip(), columns, seen, problems);
        }
        boolean tenantMissing = fillTenant(columns, seen);
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i] && columns.column(i).mode() == ColumnMode.REQUIRED) {
                problems.add("REQUIRED column '" + columns.column(i).name() + "' is missing");
            }
        }
        return new CsvHeader(positions, tenantMissing);
    }

    private static int place(String name, RowColumns columns, boolean[] seen, List<String> problems) {
        int position = columns.position(name);
        if (position < 0) {
            problems.add("column '" + name + "' is not in the table");
            return position;
        }
        TableColumn column = columns.column(position);
        if (seen[position]) {
            problems.add("column '" + name + "' is given twice");
        }
        if (column.mode() == ColumnMode.REPEATED || column.type() == ColumnType.STRUCT) {
            problems.add("column '" + name + "' cannot be written as CSV; use format=ndjson");
        }
        seen[position] = true;
        return position;
    }

    private static boolean fillTenant(RowColumns columns, boolean[] seen) {
        for (int i = 0; i < seen.length; i++) {
            if (columns.isTenantColumn(i) && !seen[i]) {
                seen[i] = true;
                return true;
            }
        }
        return false;
    }
}
