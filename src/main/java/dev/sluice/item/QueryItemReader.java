package dev.sluice.item;

import com.google.cloud.bigquery.FieldValueList;
import dev.sluice.bigquery.BigQueryResults;
import dev.sluice.bigquery.Deadline;
import dev.sluice.bigquery.KeptResult;
import dev.sluice.bigquery.ResultPage;
import dev.sluice.bigquery.SqlStatement;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Yields the rows of a query's result, which BigQuery keeps: later changes to its tables are not seen, and a restart
 * reads on behind the last committed row without asking, or paying, again. If the result has gone (BigQuery keeps it for
 * about a day), the rest is asked for by key, as of the moment of the first result. One page is in memory. The query and
 * each page have a deadline of their own. Not thread-safe.
 */
public final class QueryItemReader implements ItemStreamReader<FieldValueList> {

    private final BigQueryResults results;
    private final KeyedQuery query;
    private final Supplier<Deadline> deadlines;

    private @Nullable ResultPosition position;
    private Iterator<FieldValueList> page = List.<FieldValueList>of().iterator();
    private boolean exhausted;

    /**
     * @param deadlines starts one for the query and for each page; whoever gives the same each time bounds the whole, and
     *     what is done between pages counts
     */
    public QueryItemReader(BigQueryResults results, KeyedQuery query, Supplier<Deadline> deadlines) {
        this.results = results;
        this.query = query;
        this.deadlines = deadlines;
    }

    @Override
    public void open(ExecutionContext context) {
        close();
        ResultPosition committed = ResultPosition.from(context);
        position = committed == null ? ResultPosition.startOf(keep(query.all())) : committed;
    }

    private KeptResult keep(SqlStatement statement) {
        return results.keep(statement, deadlines.get());
    }

    @Override
    public @Nullable FieldValueList read() {
        if (!page.hasNext() && !exhausted) {
            turnPage();
        }
        if (!page.hasNext()) {
            return null;
        }
        FieldValueList row = page.next();
        position = opened().behind(query.key(row));
        return row;
    }

    private void turnPage() {
        ResultPage next = find().or(this::findAnew).orElseThrow(this::gone);
        page = next.rows().iterator();
        exhausted = next.rows().isEmpty() || opened().row() + next.rows().size() >= next.total();
    }

    private Optional<ResultPage> find() {
        return results.page(opened().bigQueryJobId(), opened().row(), deadlines.get());
    }

    private Optional<ResultPage> findAnew() {
        ResultPosition lost = opened();
        String key = lost.key();
        position =
                key == null ? ResultPosition.startOf(keep(query.all())) : lost.in(keep(query.behind(key, lost.asOf())));
        return find();
    }

    private IllegalStateException gone() {
        return new IllegalStateException(
                "the result of BigQuery job %s was gone as soon as it was there; restart asks again"
                        .formatted(opened().bigQueryJobId()));
    }

    private ResultPosition opened() {
        return Objects.requireNonNull(position, "open() comes first");
    }

    @Override
    public void update(ExecutionContext context) {
        if (position != null) {
            position.save(context);
        }
    }

    /** Forgets where it was; the result stays with BigQuery. */
    @Override
    public void close() {
        position = null;
        page = List.<FieldValueList>of().iterator();
        exhausted = false;
    }
}
