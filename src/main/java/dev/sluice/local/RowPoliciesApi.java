package dev.sluice.local;

import com.google.api.services.bigquery.model.ListRowAccessPoliciesResponse;
import com.google.api.services.bigquery.model.RowAccessPolicy;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.util.List;

/** Row access policies of a table over REST. */
final class RowPoliciesApi {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final Store store;
    private final Tables tables;

    RowPoliciesApi(Store store, Tables tables) {
        this.store = store;
        this.tables = tables;
    }

    /** @param path what follows {@code rowAccessPolicies}: nothing or a policy's id */
    void handle(Exchange exchange, TableName name, List<String> path) throws IOException {
        if (path.size() > 1) {
            throw ApiError.notFound("URL /" + String.join("/", exchange.path()));
        }
        String id = path.isEmpty() ? "" : path.get(0);
        switch (exchange.method()) {
            case "GET" -> exchange.answer(OK, id.isEmpty() ? list(name) : one(name, id));
            case "POST" -> exchange.answer(OK, insert(name, exchange.body(RowAccessPolicy.class)));
            case "DELETE" -> {
                delete(name, id);
                exchange.answerEmpty(NO_CONTENT);
            }
            default -> throw ApiError.unsupported(exchange.method() + " on row access policies");
        }
    }

    private ListRowAccessPoliciesResponse list(TableName name) {
        List<RowAccessPolicy> policies = store.read(
                connection -> RowPolicies.of(tables.get(connection, name).resource()));
        // grantees are part of a policy's IAM, not of its resource
        policies.forEach(policy -> policy.setGrantees(null));
        return new ListRowAccessPoliciesResponse().setRowAccessPolicies(policies.isEmpty() ? null : policies);
    }

    private RowAccessPolicy one(TableName name, String id) {
        return store
                .read(connection -> RowPolicies.of(tables.get(connection, name).resource()))
                .stream()
                .filter(policy -> RowPolicies.id(policy).equals(id))
                .findFirst()
                .orElseThrow(() -> missing(name, id))
                .setGrantees(null);
    }

    private static ApiError missing(TableName name, String id) {
        return ApiError.notFound("RowAccessPolicy %s.%s.%s".formatted(name.dataset(), name.table(), id));
    }

    private RowAccessPolicy insert(TableName name, RowAccessPolicy policy) {
        if (policy.getRowAccessPolicyReference() == null || policy.getFilterPredicate() == null) {
            throw ApiError.invalid("Required parameter is missing: rowAccessPolicyReference or filterPredicate");
        }
        return store.change(connection -> {
            StoredTable table = tables.get(connection, name);
            RowPolicies.add(table, policy, false, tables.now());
            tables.save(connection, table);
            return policy;
        });
    }

    private void delete(TableName name, String id) {
        store.change(connection -> {
            StoredTable table = tables.get(connection, name);
            if (!RowPolicies.remove(table.resource(), id)) {
                throw missing(name, id);
            }
            tables.save(connection, table);
            return name;
        });
    }
}
