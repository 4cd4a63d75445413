package dev.sluice.runs;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The BigQuery jobs that were observed, worst first. Thread-safe; blocks as the data source does. */
public final class QueryHistory {

    private final JdbcClient jdbc;
    private final Price price;

    /** @param usdPerTib price of one TiB (2^40 bytes) of billed bytes */
    public QueryHistory(DataSource repository, BigDecimal usdPerTib) {
        this.jdbc = JdbcClient.create(repository);
        this.price = new Price(usdPerTib);
    }

    /** None if nothing was ever kept in this repository. What is unknown comes last. */
    public List<ObservedQuery> worst(QueryFilter filter) {
        if (!RepositoryTables.areThere(jdbc, "SLUICE_QUERY")) {
            return List.of();
        }
        var sql = new StringBuilder("SELECT * FROM SLUICE_QUERY WHERE 1 = 1");
        List<Object> values = new ArrayList<>();
        narrow(sql, values, "TIER = ?", upper(filter.tier()));
        narrow(sql, values, "SEVERITY = ?", upper(filter.severity()));
        narrow(sql, values, "OUTCOME = ?", upper(filter.outcome()));
        narrow(sql, values, "ORG = ?", filter.org());
        narrow(sql, values, "RUN_ID = ?", filter.run());
        narrow(sql, values, "POSITION(? IN OPERATION) = 1", filter.operation());
        if (filter.since() != null) {
            sql.append(" AND RECORDED_AT >= CURRENT_TIMESTAMP - INTERVAL '%d' SECOND"
                    .formatted(filter.since().toSeconds()));
        }
        sql.append(" ORDER BY %s DESC NULLS LAST, ID DESC FETCH FIRST ? ROWS ONLY"
                .formatted(filter.order().column()));
        values.add(filter.limit());
        return jdbc.sql(sql.toString()).params(values).query(this::query).list();
    }

    private static void narrow(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            values.add(value);
        }
    }

    private static @Nullable String upper(@Nullable String word) {
        return word == null ? null : word.toUpperCase(Locale.ROOT);
    }

    private ObservedQuery query(ResultSet row, int number) throws SQLException {
        Long billed = Columns.number(row, "BYTES_BILLED");
        return new ObservedQuery(
                row.getString("BIGQUERY_JOB_ID"),
                row.getString("TYPE"),
                row.getString("OPERATION"),
                row.getString("TIER"),
                row.getString("ORG"),
                Columns.number(row, "RUN_ID"),
                row.getString("OUTCOME"),
                row.getString("SEVERITY"),
                row.getLong("ELAPSED_MILLIS"),
                row.getInt("RETRIES"),
                Columns.number(row, "BYTES_PROCESSED"),
                billed,
                Columns.number(row, "SLOT_MILLIS"),
                Columns.number(row, "ROWS_OUT"),
                row.getObject("CACHE_HIT", Boolean.class),
                price.of(billed),
                row.getObject("RECORDED_AT", OffsetDateTime.class).toInstant());
    }
}
