package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.SourceFormat;
import dev.sluice.item.source.Compression;
import dev.sluice.item.source.Encoding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What BigQuery cannot read by itself, or not as we read it; without any effect. */
final class RawInputCheck {

    /** A load job each; BigQuery allows 1,500 a table and day, failed ones included. */
    private static final int MOST_FILES = 1_000;

    private static final long MOST_REJECTS = 1_000_000;

    private RawInputCheck() {}

    static void check(
            CatalogueTable table, BulkInsertParameters parameters, BulkInsertInput input, List<String> problems) {
        checkNames(input, problems);
        if (parameters.maxRejects() > MOST_REJECTS) {
            problems.add("maxRejects must be at most %d for rows that BigQuery reads".formatted(MOST_REJECTS));
        }
        if (parameters.wire() != WireFormat.AUTO) {
            problems.add("wire says how rows leave this machine, which sends none here: BigQuery reads %s as it is"
                    .formatted(parameters.source()));
        }
        if (input.layout().format().isText()) {
            checkText(table, parameters, input, problems);
        }
    }

    private static void checkNames(BulkInsertInput input, List<String> problems) {
        boolean text = input.layout().format().isText();
        if (input.files().size() > MOST_FILES) {
            problems.add(
                    "source names %d files of format %s, each a load job, and the most is %d: put them into Cloud Storage and give gs://…, or load them in several runs"
                            .formatted(input.files().size(), name(input), MOST_FILES));
        }
        input.names().stream()
                .filter(name -> isUnreadable(Compression.of(Path.of(name)), text))
                .findFirst()
                .ifPresent(name -> problems.add(
                        text
                                ? "BigQuery does not read %s: objects of text may be compressed as .gz only"
                                        .formatted(name)
                                : "BigQuery does not read %s: files of format %s compress their blocks, not themselves"
                                        .formatted(name, name(input))));
    }

    private static boolean isUnreadable(Compression compression, boolean text) {
        return compression != Compression.NONE && !(text && compression == Compression.GZIP);
    }

    private static String name(BulkInsertInput input) {
        return input.layout().format().name().toLowerCase(Locale.ROOT);
    }

    private static void checkText(
            CatalogueTable table, BulkInsertParameters parameters, BulkInsertInput input, List<String> problems) {
        boolean csv = input.layout().format() == SourceFormat.CSV;
        if (parameters.encoding() == Encoding.UTF_16) {
            problems.add("encoding=utf-16 tells no byte order to BigQuery: give utf-16be or utf-16le");
        }
        if (parameters.schemaPolicy() == SchemaPolicy.ADD_NULLABLE) {
            problems.add(
                    "schemaPolicy=add-nullable needs files that tell their types: objects of format avro or parquet, or files on this machine");
        }
        if (csv && parameters.header() && parameters.schemaPolicy() == SchemaPolicy.IGNORE) {
            problems.add(
                    "schemaPolicy=ignore is not possible for CSV objects: their header is found by its names, all of which must be the table's");
        }
        for (TableColumn column : table.columns()) {
            if (csv && column.isNested()) {
                problems.add("column '%s' is REPEATED or a RECORD, which CSV cannot fill: load ndjson, avro or parquet"
                        .formatted(column.name()));
            }
        }
    }
}
