package dev.sluice.local.write;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.RowError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an append.
 *
 * @param offset of the first row; null for the default stream
 * @param errors of the rows that do not fit; if there are any, nothing was appended
 * @param fields that the table had
 */
record AppendOutcome(@Nullable Long offset, List<RowError> errors, List<TableFieldSchema> fields) {}
