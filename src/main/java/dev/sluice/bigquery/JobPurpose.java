package dev.sluice.bigquery;

import org.jspecify.annotations.Nullable;

/**
 * What a BigQuery job is for.
 *
 * @param type query or load
 * @param operation the SQL file, or job and step of a load: few different ones, and none contains a value
 * @param tier of the caller that waits
 * @param org the tenant it is about; null if it is about none
 * @param runId null for a read
 */
public record JobPurpose(
        String type,
        String operation,
        Tier tier,
        @Nullable String org,
        @Nullable Long runId) {

    /** The parameter that binds a statement to a tenant. */
    private static final String ORG = "org_slug";

    static JobPurpose read(SqlStatement statement, Tier tier) {
        return new JobPurpose("query", statement.name(), tier, org(statement), null);
    }

    static JobPurpose execute(Effect effect, SqlStatement statement) {
        String org = effect.org() == null ? org(statement) : effect.org();
        return new JobPurpose("query", statement.name(), effect.tier(), org, effect.runId());
    }

    static JobPurpose load(Effect effect) {
        String operation = effect.key().instance().job() + "/" + effect.key().step();
        return new JobPurpose("load", operation, effect.tier(), effect.org(), effect.runId());
    }

    private static @Nullable String org(SqlStatement statement) {
        var value = statement.parameters().get(ORG);
        return value == null ? null : value.getValue();
    }
}
