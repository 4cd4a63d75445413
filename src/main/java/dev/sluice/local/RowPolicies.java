package dev.sluice.local;

import com.google.api.services.bigquery.model.RowAccessPolicy;
import com.google.api.services.bigquery.model.RowAccessPolicyReference;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which rows of a table the one user sees. Policies are kept in the table's resource, where they follow it through
 * renaming and new columns; nobody is shown them there.
 */
final class RowPolicies {

    /** The member of the resource. */
    static final String MEMBER = "_sluice_rowAccessPolicies";

    private static final String DOMAIN = "domain:" + Resources.OWNER.substring(Resources.OWNER.indexOf('@') + 1);
    private static final Set<String> READER =
            Set.of("allusers", "allauthenticatedusers", "user:" + Resources.OWNER, DOMAIN);

    private static final Pattern GRANTEE = Pattern.compile(
            "(?i)allUsers|allAuthenticatedUsers|\\w+:.+|//iam\\.googleapis\\.com/.+|principal(Set)?://.+");

    private RowPolicies() {}

    static List<RowAccessPolicy> of(Table table) {
        List<RowAccessPolicy> policies = new ArrayList<>();
        if (table.get(MEMBER) instanceof List<?> kept) {
            kept.forEach(each -> policies.add(Json.read(Json.write(each), RowAccessPolicy.class)));
        }
        return policies;
    }

    static boolean has(Table table) {
        return !of(table).isEmpty();
    }

    private static List<RowAccessPolicy> ofReader(Table table) {
        return of(table).stream()
                .filter(policy -> Objects.requireNonNullElse(policy.getGrantees(), List.<String>of()).stream()
                        .anyMatch(grantee -> READER.contains(grantee.toLowerCase(Locale.ROOT))))
                .toList();
    }

    /** GoogleSQL's condition for rows that the reader sees: FALSE if no policy is his. */
    static String filter(Table table) {
        List<RowAccessPolicy> granted = ofReader(table);
        return granted.isEmpty()
                ? "FALSE"
                : granted.stream().map(RowPolicies::condition).collect(Collectors.joining(" OR "));
    }

    /** On lines of its own, since it may end with a comment. */
    private static String condition(RowAccessPolicy policy) {
        return "(" + policy.getFilterPredicate() + "\n)";
    }

    /**
     * Whoever changes or copies a table must see all of it.
     *
     * @throws ApiError unless there are no policies or one of the reader's is TRUE
     */
    static void requireFull(Table table) {
        boolean full = ofReader(table).stream()
                .anyMatch(policy -> policy.getFilterPredicate().strip().equalsIgnoreCase("TRUE"));
        if (has(table) && !full) {
            throw new ApiError(
                    403,
                    "accessDenied",
                    "Access Denied: Table %s: the row access policies of the user must include one that filters by TRUE"
                            .formatted(table.getId()));
        }
    }

    /** @throws dev.sluice.local.sql.SqlRefused if the filter is no condition over the table */
    static void add(StoredTable table, RowAccessPolicy policy, boolean replace, Instant now) {
        Table resource = table.resource();
        requireGrantees(policy);
        if (resource.getView() != null) {
            throw ApiError.invalid("Row access policies are for tables, not for views: " + resource.getId());
        }
        if (Partitions.isByArrival(resource)) {
            throw ApiError.unsupported("row access policies of tables that are partitioned by arrival");
        }
        var relation = new Relation(
                table.visibleRows(),
                table.fields().stream().map(ColumnTypes::column).toList());
        TableName name = Tables.name(resource.getTableReference());
        GoogleSql.read(
                "SELECT 1 FROM `%s`.`%s` WHERE %s".formatted(name.dataset(), name.table(), condition(policy)),
                each -> {
                    if (!each.dataset().equals(name.dataset()) || !each.table().equals(name.table())) {
                        throw ApiError.unsupported("subqueries in row access policies");
                    }
                    return relation;
                },
                Map.of());
        List<RowAccessPolicy> policies = of(resource);
        Optional<RowAccessPolicy> before =
                policies.stream().filter(each -> id(each).equals(id(policy))).findFirst();
        if (before.isPresent() && !replace) {
            throw ApiError.duplicate("RowAccessPolicy %s.%s".formatted(resource.getId(), id(policy)));
        }
        before.ifPresent(policies::remove);
        policies.add(policy.setCreationTime(
                        before.map(RowAccessPolicy::getCreationTime).orElse(now.toString()))
                .setLastModifiedTime(now.toString()));
        keep(resource, policies);
    }

    private static void requireGrantees(RowAccessPolicy policy) {
        for (String grantee : Objects.requireNonNullElse(policy.getGrantees(), List.<String>of())) {
            if (!GRANTEE.matcher(grantee).matches()) {
                throw ApiError.invalid("Invalid value for grantees: %s is no IAM member, such as user:name@example.com"
                        .formatted(grantee));
            }
        }
    }

    /** @return whether it was there */
    static boolean remove(Table table, String id) {
        List<RowAccessPolicy> policies = of(table);
        boolean there = policies.removeIf(each -> id(each).equals(id));
        keep(table, policies);
        return there;
    }

    /** @param how to do it all the same */
    static ApiError last(Table table, String how) {
        return ApiError.invalid(
                "Cannot delete the last row access policy of table %s, which would show all rows to everybody; %s to do it"
                        .formatted(table.getId(), how));
    }

    static void removeAll(Table table) {
        keep(table, List.of());
    }

    private static void keep(Table table, List<RowAccessPolicy> policies) {
        table.set(MEMBER, policies.isEmpty() ? null : policies);
    }

    static RowAccessPolicy policy(Table table, Statement.CreatePolicy create) {
        var reference = table.getTableReference();
        return new RowAccessPolicy()
                .setRowAccessPolicyReference(new RowAccessPolicyReference()
                        .setProjectId(reference.getProjectId())
                        .setDatasetId(reference.getDatasetId())
                        .setTableId(reference.getTableId())
                        .setPolicyId(create.name()))
                .setGrantees(create.grantees())
                .setFilterPredicate(create.filter());
    }

    static String id(RowAccessPolicy policy) {
        return policy.getRowAccessPolicyReference().getPolicyId();
    }
}
