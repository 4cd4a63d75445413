package dev.sluice.item;

import dev.sluice.bigquery.KeptResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * How far a query's result has been read.
 *
 * @param bigQueryJobId whose result it is
 * @param row of that result to read next, from 0
 * @param asOf whose rows the first result saw
 * @param key of the last row that was read, null before the first one
 */
record ResultPosition(
        String bigQueryJobId,
        long row,
        Instant asOf,
        @Nullable String key) {

    private static final String JOB = "resultJob";
    private static final String ROW = "resultRow";
    private static final String AS_OF = "resultAsOf";
    private static final String KEY = "resultKey";

    static ResultPosition startOf(KeptResult result) {
        return new ResultPosition(result.bigQueryJobId(), 0, result.asOf(), null);
    }

    /** Null if nothing was committed before. */
    static @Nullable ResultPosition from(ExecutionContext context) {
        if (!context.containsKey(JOB)) {
            return null;
        }
        return new ResultPosition(
                context.getString(JOB),
                context.getLong(ROW),
                Instant.ofEpochMilli(context.getLong(AS_OF)),
                context.containsKey(KEY) ? context.getString(KEY) : null);
    }

    ResultPosition behind(String lastKey) {
        return new ResultPosition(bigQueryJobId, row + 1, asOf, lastKey);
    }

    /** The same place in a result that holds only what comes behind it. */
    ResultPosition in(KeptResult rest) {
        return new ResultPosition(rest.bigQueryJobId(), 0, asOf, key);
    }

    void save(ExecutionContext context) {
        context.putString(JOB, bigQueryJobId);
        context.putLong(ROW, row);
        context.putLong(AS_OF, asOf.toEpochMilli());
        if (key != null) {
            context.putString(KEY, key);
        }
    }
}
