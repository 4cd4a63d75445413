package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.ParquetOptions;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import java.util.List;

/** Load jobs over whole files. */
final class FileLoads {

    /** What a decimal of a file that tells its types may become: the first that holds its precision and scale. */
    static final List<String> DECIMALS = List.of("NUMERIC", "BIGNUMERIC");

    private FileLoads() {}

    static JobConfigurationLoad configuration(FileLoad request) {
        var load = new JobConfigurationLoad()
                .setDestinationTable(JobResources.reference(request.destination()))
                .setCreateDisposition("CREATE_NEVER")
                .setWriteDisposition(request.first() ? "WRITE_TRUNCATE" : "WRITE_APPEND");
        if (!request.first()) {
            load.setSchemaUpdateOptions(List.of("ALLOW_FIELD_ADDITION", "ALLOW_FIELD_RELAXATION"));
        }
        if (request.origin() instanceof FileOrigin.Objects objects) {
            load.setSourceUris(objects.uris());
        }
        return describe(load, request.layout());
    }

    private static JobConfigurationLoad describe(JobConfigurationLoad load, FileLayout layout) {
        if (layout instanceof FileLayout.Text text) {
            return text(load, text);
        }
        return layout instanceof FileLayout.Avro
                ? load.setSourceFormat("AVRO").setUseAvroLogicalTypes(true).setDecimalTargetTypes(DECIMALS)
                : load.setSourceFormat("PARQUET").setParquetOptions(new ParquetOptions().setEnableListInference(true));
    }

    private static JobConfigurationLoad text(JobConfigurationLoad load, FileLayout.Text text) {
        List<TableFieldSchema> fields = text.columns().stream()
                .map(name -> new TableFieldSchema().setName(name).setType("STRING"))
                .toList();
        return load.setSourceFormat("CSV")
                .setSchema(new TableSchema().setFields(fields))
                .setFieldDelimiter(String.valueOf(text.delimiter()))
                .setQuote(text.quote() == null ? "" : String.valueOf(text.quote()))
                .setNullMarker(text.nullMarker())
                .setEncoding(text.encoding())
                .setAllowQuotedNewlines(true)
                .setAllowJaggedRows(true)
                .setIgnoreUnknownValues(true)
                .setPreserveAsciiControlCharacters(true);
    }
}
