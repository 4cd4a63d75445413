package dev.sluice.local.sql;

import java.util.List;

/** A SELECT without FROM, which is one row. */
final class Fromless {

    private Fromless() {}

    /** @throws SqlRefused if it has what needs rows of a table */
    static void require(Query.Select select, List<Query.Ordering> order) {
        if (select.where() != null) {
            throw SqlRefused.wrong(
                    "Query without FROM clause cannot have a WHERE clause",
                    select.where().at());
        }
        if (!select.groupBy().isEmpty()) {
            throw SqlRefused.wrong("Query without FROM clause cannot have a GROUP BY clause", select.at());
        }
        if (select.having() != null) {
            throw SqlRefused.wrong(
                    "Query without FROM clause cannot have a HAVING clause",
                    select.having().at());
        }
        if (select.distinct()) {
            throw SqlRefused.wrong("Query without FROM clause cannot use SELECT DISTINCT", select.at());
        }
        if (!order.isEmpty()) {
            throw SqlRefused.wrong("Query without FROM clause cannot have an ORDER BY clause", select.at());
        }
    }
}
