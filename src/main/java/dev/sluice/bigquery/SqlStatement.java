package dev.sluice.bigquery;

import com.google.cloud.bigquery.QueryParameterValue;
import java.util.Map;

/**
 * A statement from a file in {@code sql/} with its identifiers filled in and its parameters bound.
 *
 * @param name the file, relative to {@code sql/}; what logs and failures call the statement
 * @param text GoogleSQL without literals of ours
 */
public record SqlStatement(String name, String text, Map<String, QueryParameterValue> parameters) {}
