package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.item.NewColumns;
import dev.sluice.item.RowColumns;
import dev.sluice.item.SourceLimits;
import dev.sluice.item.UnitReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** What becomes of columns that the source has and the table has not. */
enum SchemaPolicy {
    /** Rows that have them are bad, and so is a CSV header. */
    REFUSE,
    /** They are not loaded. */
    IGNORE,
    /** The table gets them before rows are staged; see {@link NewColumns} for their types. */
    ADD_NULLABLE;

    /**
     * The table as a run sees it.
     *
     * @throws UncheckedIOException if the source's first rows cannot be read
     */
    CatalogueTable table(CatalogueTable declared, BulkInsertInput input, SourceLimits limits) {
        if (this != ADD_NULLABLE || input.isReadByBigQuery()) {
            return declared;
        }
        var columns = RowColumns.of(declared.columns(), null, null);
        try {
            return declared.with(
                    NewColumns.of(new UnitReader.Source(input.files(), input.layout(), columns, limits, null)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the source: " + e.getMessage(), e);
        }
    }

    /** What rows may have. */
    RowColumns columns(RowColumns columns) {
        return this == IGNORE ? columns.ignoringUnknown() : columns;
    }

    /** @param text as the job file lists it */
    static SchemaPolicy of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
