package dev.sluice.bigquery;

import com.google.cloud.bigquery.FieldValueList;
import java.util.List;

/**
 * Consecutive rows of a result.
 *
 * @param total rows of the whole result
 */
public record ResultPage(List<FieldValueList> rows, long total) {}
