package dev.sluice.item;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.QueryParameterValue;
import dev.sluice.bigquery.SqlStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The numbers of table {@code d.t} of a {@code LocalDoor}, which may change meanwhile. */
final class NumbersInOrder implements KeyedQuery {

    private final List<Instant> askedAsOf = new ArrayList<>();

    @Override
    public SqlStatement all() {
        return new SqlStatement("test/all.sql", "SELECT n FROM `sluice-local.d.t` ORDER BY n", Map.of());
    }

    @Override
    public SqlStatement behind(String key, Instant asOf) {
        askedAsOf.add(asOf);
        return new SqlStatement(
                "test/behind.sql",
                "SELECT n FROM `sluice-local.d.t` FOR SYSTEM_TIME AS OF @as_of WHERE n > @after ORDER BY n",
                Map.of(
                        "after", QueryParameterValue.int64(Long.valueOf(key)),
                        "as_of", QueryParameterValue.timestamp(asOf.toEpochMilli() * 1_000)));
    }

    @Override
    public String key(FieldValueList row) {
        return row.get(0).getStringValue();
    }

    /** As of which moments the rest was asked for by key. */
    List<Instant> askedAsOf() {
        return askedAsOf;
    }
}
