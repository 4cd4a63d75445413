package dev.sluice.item;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which column each field of a CSV file stands for.
 *
 * @param positions of the table's columns, in the file's order; -1 for a field that is not loaded
 * @param tenantMissing whether the tenant column has to be filled in
 */
public record CsvHeader(int[] positions, boolean tenantMissing) {

    private static final int MAX_BYTES = 1 << 20;

    /**
     * What a file's fields stand for, by its first record or, without a header, by the table; empty if it should have a
     * header and is empty.
     *
     * @param problems receives every fault
     * @throws IOException if the file cannot be read
     */
    public static Optional<CsvHeader> read(
            SourceFile file, SourceLayout layout, int maxExpansion, RowColumns columns, List<String> problems)
            throws IOException {
        if (!layout.csv().header()) {
            return Optional.of(inOrder(columns, problems));
        }
        try (InputStream in = file.openText(layout.encoding(), maxExpansion, 0)) {
            var scanner = new RecordScanner(in, SourcePosition.START, layout.csv(), MAX_BYTES);
            scanner.skipByteOrderMark();
            if (!scanner.advance()) {
                return Optional.empty();
            }
            if (scanner.fault() != null) {
                problems.add("the header is no CSV record: " + scanner.fault());
                return Optional.empty();
            }
            byte[] record = scanner.record();
            return Optional.of(named(new CsvFields(layout.csv()).parse(record, 0, record.length), columns, problems));
        }
    }

    private static CsvHeader inOrder(RowColumns columns, List<String> problems) {
        int[] positions = new int[columns.columns().size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
            requireFlat(columns.column(i), problems);
        }
        return new CsvHeader(positions, false);
    }

    private static CsvHeader named(@Nullable CsvRecord names, RowColumns columns, List<String> problems) {
        if (names == null) {
            problems.add("the header is no CSV record; check encoding, delimiter and quote");
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
            if (columns.ignoresUnknown()) {
                return position;
            }
            problems.add("column '%s' is not in the table".formatted(JsonObjectCheck.printable(name)));
            return position;
        }
        TableColumn column = columns.column(position);
        if (seen[position]) {
            problems.add("column '" + name + "' is given twice");
        }
        requireFlat(column, problems);
        seen[position] = true;
        return position;
    }

    private static void requireFlat(TableColumn column, List<String> problems) {
        if (column.isNested()) {
            problems.add("column '" + column.name() + "' cannot be written as CSV; use format=ndjson");
        }
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
