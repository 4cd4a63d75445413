package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import org.jspecify.annotations.Nullable;

/** A column, and the name under which the table has its values; null for a new column. */
record KeptColumn(TableFieldSchema field, @Nullable String from) {}
