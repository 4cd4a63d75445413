package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.services.bigquery.model.BatchDeleteRowAccessPoliciesRequest;
import com.google.api.services.bigquery.model.ListRowAccessPoliciesResponse;
import com.google.api.services.bigquery.model.RowAccessPolicy;
import com.google.api.services.bigquery.model.RowAccessPolicyReference;
import dev.sluice.local.sql.TableName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Row access policies of a table over REST. */
final class RowPoliciesApi {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final String IAM = ":getIamPolicy";

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
        if (id.endsWith(IAM)) {
            exchange.answer(OK, iam(name, id.substring(0, id.length() - IAM.length())));
            return;
        }
        switch (exchange.method() + (id.isEmpty() ? " all" : " one")) {
            case "GET all" -> exchange.answer(OK, list(exchange, name));
            case "GET one" -> exchange.answer(OK, one(name, id).setGrantees(null));
            case "POST all" -> exchange.answer(OK, insert(name, exchange.body(RowAccessPolicy.class)));
            case "PUT one" -> exchange.answer(OK, update(name, id, exchange.body(RowAccessPolicy.class)));
            case "DELETE one" -> {
                delete(name, List.of(id), exchange.query("force", "").equals("true"));
                exchange.answerEmpty(NO_CONTENT);
            }
            default -> throw ApiError.unsupported(exchange.method() + " on row access policies");
        }
    }

    /** Deletes several policies, or none if one is missing. */
    void deleteAll(Exchange exchange, TableName name) throws IOException {
        var request = exchange.body(BatchDeleteRowAccessPoliciesRequest.class);
        List<String> ids = request.getPolicyIds();
        if (ids == null || ids.isEmpty()) {
            throw ApiError.invalid("Required parameter is missing: policyIds");
        }
        delete(name, ids, Boolean.TRUE.equals(request.getForce()));
        exchange.answerEmpty(NO_CONTENT);
    }

    private ListRowAccessPoliciesResponse list(Exchange exchange, TableName name) {
        List<RowAccessPolicy> all = store.read(
                connection -> RowPolicies.of(tables.get(connection, name).resource()));
        // grantees are part of a policy's IAM, not of its resource
        all.forEach(policy -> policy.setGrantees(null));
        var page = new Page(Page.token(exchange, 0), exchange.number("pageSize", Page.MOST));
        List<RowAccessPolicy> rest = all.subList((int) Math.max(0, Math.min(page.start(), all.size())), all.size());
        return new ListRowAccessPoliciesResponse()
                .setRowAccessPolicies(rest.isEmpty() ? null : page.cut(rest))
                .setNextPageToken(page.next(rest.size()));
    }

    private RowAccessPolicy one(TableName name, String id) {
        return store
                .read(connection -> RowPolicies.of(tables.get(connection, name).resource()))
                .stream()
                .filter(policy -> RowPolicies.id(policy).equals(id))
                .findFirst()
                .orElseThrow(() -> missing(name, id));
    }

    private GenericJson iam(TableName name, String id) {
        List<String> grantees = Objects.requireNonNullElse(one(name, id).getGrantees(), List.of());
        var policy = new GenericJson();
        policy.put("version", 1);
        policy.put("etag", Resources.etag(grantees.toString()));
        if (!grantees.isEmpty()) {
            policy.put("bindings", List.of(Map.of("role", "roles/bigquery.filteredDataViewer", "members", grantees)));
        }
        return policy;
    }

    private ApiError missing(TableName name, String id) {
        return ApiError.notFound(
                "RowAccessPolicy %s:%s.%s.%s".formatted(tables.projectId(), name.dataset(), name.table(), id));
    }

    private RowAccessPolicy insert(TableName name, RowAccessPolicy policy) {
        RowAccessPolicyReference reference = policy.getRowAccessPolicyReference();
        if (reference == null || reference.getPolicyId() == null || policy.getFilterPredicate() == null) {
            throw ApiError.invalid("Required parameter is missing: rowAccessPolicyReference or filterPredicate");
        }
        Names.requireAgreeing(reference.getDatasetId(), name.dataset());
        Names.requireAgreeing(reference.getTableId(), name.table());
        return keep(name, policy, reference.getPolicyId(), false);
    }

    /** Keeps who may see the rows unless the request says it. */
    private RowAccessPolicy update(TableName name, String id, RowAccessPolicy policy) {
        RowAccessPolicy before = one(name, id);
        if (policy.getFilterPredicate() == null) {
            policy.setFilterPredicate(before.getFilterPredicate());
        }
        if (policy.getGrantees() == null) {
            policy.setGrantees(before.getGrantees());
        }
        return keep(name, policy, id, true);
    }

    private RowAccessPolicy keep(TableName name, RowAccessPolicy policy, String id, boolean replace) {
        policy.setRowAccessPolicyReference(new RowAccessPolicyReference()
                .setProjectId(tables.projectId())
                .setDatasetId(name.dataset())
                .setTableId(name.table())
                .setPolicyId(id));
        return store.change(connection -> {
            StoredTable table = tables.get(connection, name);
            RowPolicies.add(table, policy, replace, tables.now());
            tables.save(connection, table);
            return policy;
        });
    }

    /** @param force whether all rows may be shown to everybody then */
    private void delete(TableName name, List<String> ids, boolean force) {
        store.change(connection -> {
            StoredTable table = tables.get(connection, name);
            for (String id : ids) {
                if (!RowPolicies.remove(table.resource(), id)) {
                    throw missing(name, id);
                }
            }
            if (!force && !RowPolicies.has(table.resource())) {
                throw RowPolicies.last(table.resource(), "set force to true");
            }
            tables.save(connection, table);
            return name;
        });
    }
}
