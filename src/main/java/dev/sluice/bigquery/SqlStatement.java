package dev.sluice.bigquery;

import com.google.cloud.bigquery.QueryParameterValue;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A statement from a file in {@code sql/} with its identifiers filled in and its parameters bound.
 *
 * @param name the file, relative to {@code sql/}; what logs and failures call the statement
 * @param text GoogleSQL without literals of ours
 */
public record SqlStatement(String name, String text, Map<String, QueryParameterValue> parameters) {

    static final Pattern PARAMETER = Pattern.compile("(?<![@\\w])@(\\w+)");

    /** The same with longer names for its parameters, so that it may stand in a statement that has others of these names. */
    public SqlStatement prefixed(String prefix) {
        Map<String, QueryParameterValue> renamed = new HashMap<>();
        parameters.forEach((parameter, value) -> renamed.put(prefix + parameter, value));
        return new SqlStatement(name, PARAMETER.matcher(text).replaceAll("@" + prefix + "$1"), Map.copyOf(renamed));
    }
}
