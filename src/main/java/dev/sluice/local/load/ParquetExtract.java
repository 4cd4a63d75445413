package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parquet, which DuckDB writes. */
record ParquetExtract(String compression) implements ExtractFormat {

    private static final Set<String> KNOWN = Set.of("NONE", "SNAPPY", "GZIP", "ZSTD");

    ParquetExtract {
        if (!KNOWN.contains(compression)) {
            throw LoadRefused.invalid("Compression %s is not supported here".formatted(compression));
        }
    }

    @Override
    public void write(Connection connection, String rows, List<TableFieldSchema> fields, Path file)
            throws SQLException {
        fields.forEach(ParquetExtract::requireKnown);
        String codec = compression.equals("NONE") ? "uncompressed" : compression.toLowerCase(Locale.ROOT);
        ExtractTexts.copy(connection, rows, file, "FORMAT parquet, COMPRESSION '%s'".formatted(codec));
    }

    private static void requireKnown(TableFieldSchema field) {
        FieldType type = FieldType.of(field);
        if (type == FieldType.BIGNUMERIC) {
            throw LoadRefused.unsupported("extracts of BIGNUMERIC as Parquet");
        }
        if (type == FieldType.RECORD) {
            field.getFields().forEach(ParquetExtract::requireKnown);
        }
    }
}
