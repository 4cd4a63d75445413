package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which SQL a query is in: its first line may say it, {@code #standardSQL} or {@code #legacySQL}. */
final class Dialect {

    private static final Pattern PREFIX =
            Pattern.compile("\\s*#(standard|legacy)SQL\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Dialect() {}

    /**
     * Takes over what the first line says.
     *
     * @throws ApiError if the request says something else
     */
    static void settle(JobConfigurationQuery query) {
        Matcher prefix = PREFIX.matcher(String.valueOf(query.getQuery()));
        if (!prefix.matches()) {
            return;
        }
        boolean legacy = prefix.group(1).equalsIgnoreCase("legacy");
        Boolean given = query.getUseLegacySql();
        if (given != null && given != legacy) {
            throw ApiError.invalid(
                    "Query text specifies use_legacy_sql:%s, while API options specify:%s".formatted(legacy, given));
        }
        query.setUseLegacySql(legacy);
    }

    /** @throws ApiError for the older one, which is that of a request that says nothing */
    static void require(JobConfigurationQuery query) {
        if (!Boolean.FALSE.equals(query.getUseLegacySql())) {
            throw ApiError.unsupported("legacy SQL; set useLegacySql to false");
        }
    }
}
