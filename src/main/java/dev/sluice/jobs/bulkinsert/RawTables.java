package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.bigquery.catalogue.TypeLimits;
import java.util.ArrayList;
import java.util.List;

/** The tables beside the target that a run needs whose source BigQuery reads. */
final class RawTables {

    /** What a raw table has before its first load says what its columns are. */
    static final Schema UNKNOWN = Schema.of(Field.of("sluice_nothing", StandardSQLTypeName.BOOL));

    static final Schema REJECTS = Schema.of(
            Field.of("number", StandardSQLTypeName.INT64),
            Field.of("reason", StandardSQLTypeName.STRING),
            Field.of("digest", StandardSQLTypeName.STRING),
            Field.of("content", StandardSQLTypeName.STRING));

    private static final List<String> JUDGEMENT = List.of("sluice_fault", "sluice_digest", "sluice_raw");

    private RawTables() {}

    /** Rows as they were read. */
    static TableId raw(TableId staging) {
        return beside(staging, "_raw");
    }

    /** Rows that were set aside. */
    static TableId rejects(TableId staging) {
        return beside(staging, "_rejects");
    }

    private static TableId beside(TableId staging, String suffix) {
        return TableId.of(staging.getProject(), staging.getDataset(), staging.getTable() + suffix);
    }

    /** The table's columns without anything that a wrong row could break, and what is thought of the row. */
    static Schema staging(CatalogueTable table) {
        List<Field> fields = new ArrayList<>();
        table.columns().forEach(column -> fields.add(loose(column).toField()));
        JUDGEMENT.forEach(name -> fields.add(Field.of(name, StandardSQLTypeName.STRING)));
        return Schema.of(fields);
    }

    private static TableColumn loose(TableColumn column) {
        ColumnMode mode = column.mode() == ColumnMode.REPEATED ? ColumnMode.REPEATED : ColumnMode.NULLABLE;
        return new TableColumn(
                column.name(),
                column.type(),
                mode,
                column.fields().stream().map(RawTables::loose).toList(),
                TypeLimits.NONE,
                null);
    }
}
