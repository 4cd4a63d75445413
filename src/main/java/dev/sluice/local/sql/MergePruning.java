package dev.sluice.local.sql;

import java.util.Set;
import java.util.stream.Collectors;

/** What an UPDATE or a MERGE reads of its target and of its source. */
final class MergePruning {

    private final Scans scans;
    private final Merge merge;
    private final MergeScopes scopes;

    MergePruning(Scans scans, Merge merge, MergeScopes scopes) {
        this.scans = scans;
        this.merge = merge;
        this.scopes = scopes;
    }

    void apply() {
        if (!merge.at().is("MERGE")) {
            scans.filter(scopes.both(), Scans.Sides.ALL, merge.on());
            return;
        }
        Set<String> target = Set.of(Statement.TARGET);
        scans.keep(alias -> target.contains(alias), (alias, clustering) -> needed(alias, clustering, true));
        Set<String> source = scopes.source().stream()
                .flatMap(each -> each.fields().stream())
                .flatMap(field -> scans.origin(field.sql()).columns().stream())
                .map(column -> column.substring(0, column.indexOf('.')))
                .collect(Collectors.toSet());
        scans.keep(source::contains, (alias, clustering) -> needed(alias, clustering, false));
    }

    /** Rows that some clause is about, or that decide whether one is about the rows of the other side. */
    private Survivors needed(String alias, boolean clustering, boolean ofTarget) {
        Survivors needed = Survivors.NONE;
        for (Merge.Clause clause : merge.clauses()) {
            needed = needed.or(needed(alias, clustering, ofTarget, clause));
        }
        return needed;
    }

    private Survivors needed(String alias, boolean clustering, boolean ofTarget, Merge.Clause clause) {
        Survivors on = scans.survivors(alias, scopes.both(), merge.on(), clustering);
        return switch (clause.rows()) {
            case MATCHED -> on.and(scans.survivors(alias, scopes.both(), clause.condition(), clustering));
            case NOT_MATCHED_BY_TARGET ->
                ofTarget ? on : scans.survivors(alias, scopes.sourceOnly(), clause.condition(), clustering);
            case NOT_MATCHED_BY_SOURCE ->
                ofTarget ? scans.survivors(alias, scopes.targetOnly(), clause.condition(), clustering) : on;
        };
    }
}
