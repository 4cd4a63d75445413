package dev.sluice.local.sql;

import java.util.Set;
import java.util.stream.Collectors;

/** What an UPDATE or a MERGE reads of its target and of its source. */
final class MergePruning {

    private final Scans scans;
    private final Merge merge;
    private final Scope both;
    private final Scope targetOnly;
    private final Scope sourceOnly;

    MergePruning(Scans scans, Merge merge, Scope both, Scope targetOnly, Scope sourceOnly) {
        this.scans = scans;
        this.merge = merge;
        this.both = both;
        this.targetOnly = targetOnly;
        this.sourceOnly = sourceOnly;
    }

    void apply() {
        if (!merge.at().is("MERGE")) {
            scans.filter(both, Scans.Sides.ALL, merge.on());
            return;
        }
        Set<String> target = Set.of(Statement.TARGET);
        scans.keep(alias -> target.contains(alias), (alias, clustering) -> needed(alias, clustering, true));
        Set<String> source = both.sources().stream()
                .skip(1)
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
        Survivors on = scans.survivors(alias, both, merge.on(), clustering);
        return switch (clause.rows()) {
            case MATCHED -> on.and(scans.survivors(alias, both, clause.condition(), clustering));
            case NOT_MATCHED_BY_TARGET ->
                ofTarget ? on : scans.survivors(alias, sourceOnly, clause.condition(), clustering);
            case NOT_MATCHED_BY_SOURCE ->
                ofTarget ? scans.survivors(alias, targetOnly, clause.condition(), clustering) : on;
        };
    }
}
