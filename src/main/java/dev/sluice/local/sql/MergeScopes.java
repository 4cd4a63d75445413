package dev.sluice.local.sql;

import java.util.List;

/**
 * What names mean in a MERGE, by the rows that a clause is about.
 *
 * @param both the target and then the source
 */
record MergeScopes(Scope both, Scope targetOnly, Scope sourceOnly) {

    static MergeScopes of(RangeVariable target, Token at) {
        var scopes = new MergeScopes(new Scope(null), new Scope(null), new Scope(null));
        scopes.both.add(target, at);
        scopes.targetOnly.add(target, at);
        return scopes;
    }

    /** What both sides know besides the target. */
    List<RangeVariable> source() {
        return both.sources().stream().skip(1).toList();
    }

    Scope of(Merge.Rows rows) {
        return switch (rows) {
            case MATCHED -> both;
            case NOT_MATCHED_BY_TARGET -> sourceOnly;
            case NOT_MATCHED_BY_SOURCE -> targetOnly;
        };
    }
}
