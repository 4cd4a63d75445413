package dev.sluice.bigquery;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import java.util.List;

/** A whole query result in memory. */
public record QueryRows(Schema schema, List<FieldValueList> rows) {}
