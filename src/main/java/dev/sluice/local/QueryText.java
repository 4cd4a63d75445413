package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.ScriptParser;
import dev.sluice.local.sql.SqlRefused;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the text of a job's query tells before any table is looked at. */
final class QueryText {

    private static final Pattern PLAIN = Pattern.compile("\\s*(SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);

    private QueryText() {}

    /** Empty for one statement, and for what is no query. */
    static Optional<Script> script(Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        return query == null || !Boolean.FALSE.equals(query.getUseLegacySql())
                ? Optional.empty()
                : ScriptParser.read(query.getQuery());
    }

    /** Whether nobody has to read a statement to know that it changes nothing. */
    static boolean isPlain(JobConfigurationQuery query) {
        return PLAIN.matcher(query.getQuery()).lookingAt();
    }

    /** Whether nobody has to read a job's statement to know that it changes nothing. */
    static boolean onlyReads(Job job) {
        JobConfigurationQuery query = job.getConfiguration().getQuery();
        return query != null && !QueryDestination.isNamed(query) && isPlain(query) && isOneStatement(job);
    }

    /** What cannot be read is a job that says why. */
    private static boolean isOneStatement(Job job) {
        try {
            return script(job).isEmpty();
        } catch (SqlRefused e) {
            return false;
        }
    }
}
