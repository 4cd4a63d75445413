package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.QueryResultsOption;
import com.google.cloud.bigquery.BigQuery.TableDataListOption;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.TableResult;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;

/** Pages of tables and results. */
final class PagingChecks extends Area {

    private static final Schema NUMBER = Schema.of(Field.of("n", StandardSQLTypeName.INT64));
    private static final int ROWS = 25;

    PagingChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "paging-results";
    }

    private TableResult list(TableDataListOption... options) {
        return at.client().listTableData(at.table("paged"), NUMBER, options);
    }

    private static long size(Iterable<?> rows) {
        return Stream.of(rows)
                .flatMap(each -> StreamSupport.stream(each.spliterator(), false))
                .count();
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(
                check("a table has as many rows as it says", () -> {
                    at.run("CREATE TABLE $.paged AS SELECT n FROM UNNEST(GENERATE_ARRAY(1, %d)) AS n".formatted(ROWS));
                    assertThat(list().getTotalRows()).isEqualTo(ROWS);
                    assertThat(size(list().iterateAll())).isEqualTo(ROWS);
                }),
                check("a page has as many rows as were asked for", () -> {
                    TableResult page = list(TableDataListOption.pageSize(10));
                    assertThat(size(page.getValues())).isEqualTo(10);
                    assertThat(page.hasNextPage()).isTrue();
                }),
                check(
                        "pages together are the table",
                        () -> assertThat(list(TableDataListOption.pageSize(10))
                                        .streamAll()
                                        .map(row -> row.get(0).getLongValue()))
                                .hasSize(ROWS)
                                .doesNotHaveDuplicates()),
                check(
                        "a list begins at a row",
                        () -> assertThat(size(
                                        list(TableDataListOption.startIndex(20)).iterateAll()))
                                .isEqualTo(5)),
                check(
                        "a list behind the last row is empty",
                        () -> assertThat(size(list(TableDataListOption.startIndex(100))
                                        .iterateAll()))
                                .isZero()),
                check("a result keeps its order over pages", () -> {
                    TableResult result = at.run("SELECT n FROM $.paged ORDER BY n DESC")
                            .getQueryResults(QueryResultsOption.pageSize(7));
                    assertThat(result.streamAll().map(row -> (int) row.get(0).getLongValue()))
                            .hasSize(ROWS)
                            .isSortedAccordingTo(Comparator.reverseOrder());
                }),
                check(
                        "a result says how many rows it has",
                        () -> assertThat(at.run("SELECT n FROM $.paged WHERE n > 5")
                                        .getQueryResults(QueryResultsOption.pageSize(1))
                                        .getTotalRows())
                                .isEqualTo(20)));
    }
}
