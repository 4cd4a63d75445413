package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import dev.sluice.local.sql.Outline;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.SqlRefused;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the text of a job's query tells before any table is looked at; it is read once. Immutable. */
final class QueryText {

    /** Of what is no query. */
    static final QueryText NONE = new QueryText(new Outline(Optional.empty(), Set.of()), null, false);

    private static final Pattern PLAIN = Pattern.compile("\\s*(SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);

    private final Outline outline;
    private final @Nullable SqlRefused refused;
    private final boolean onlyReads;

    private QueryText(Outline outline, @Nullable SqlRefused refused, boolean onlyReads) {
        this.outline = outline;
        this.refused = refused;
        this.onlyReads = onlyReads;
    }

    static QueryText of(Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        if (query == null || !Boolean.FALSE.equals(query.getUseLegacySql())) {
            return NONE;
        }
        try {
            Outline outline = Outline.of(query.getQuery());
            boolean isOne = outline.script().isEmpty();
            return new QueryText(outline, null, isOne && isPlain(query) && !QueryDestination.isNamed(query));
        } catch (SqlRefused e) {
            return new QueryText(NONE.outline, e, false);
        }
    }

    /**
     * Empty for one statement, and for what is no query.
     *
     * @throws SqlRefused if it cannot be read
     */
    Optional<Script> script() {
        if (refused != null) {
            throw refused;
        }
        return outline.script();
    }

    /** What may be datasets, those of tables first. */
    Set<String> qualifiers() {
        return outline.qualifiers();
    }

    /** Whether nobody has to read its statement to know that it changes nothing. */
    boolean onlyReads() {
        return onlyReads;
    }

    /** Whether nobody has to read a statement to know that it changes nothing. */
    static boolean isPlain(JobConfigurationQuery query) {
        return PLAIN.matcher(query.getQuery()).lookingAt();
    }
}
