package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which datasets a job may name, before anything of it is looked up. */
final class DatasetNames {

    /** A text or a comment, or what stands before a dot. */
    private static final Pattern QUALIFIER = Pattern.compile(
            "'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"|(?:--|#)[^\n]*+|(?s:/\\*.*?\\*/)|(?<![-\\w])(\\w++)`?\\s*+\\.");

    private DatasetNames() {}

    /** Those that its configuration says. */
    static Set<String> said(Job job) {
        JobConfiguration configuration = job.getConfiguration();
        Set<String> names = new LinkedHashSet<>();
        if (configuration.getLoad() != null) {
            names.add(configuration.getLoad().getDestinationTable().getDatasetId());
        } else if (configuration.getExtract() != null) {
            names.add(configuration.getExtract().getSourceTable().getDatasetId());
        } else if (configuration.getCopy() != null) {
            names.add(configuration.getCopy().getDestinationTable().getDatasetId());
        } else {
            addSaid(names, configuration.getQuery());
        }
        return names;
    }

    private static void addSaid(Set<String> names, JobConfigurationQuery query) {
        if (QueryDestination.isNamed(query)) {
            names.add(query.getDestinationTable().getDatasetId());
        }
        if (query.getDefaultDataset() != null) {
            names.add(query.getDefaultDataset().getDatasetId());
        }
    }

    /** What a text of GoogleSQL names that may be datasets, in its order. */
    static Set<String> within(String sql) {
        Set<String> names = new LinkedHashSet<>();
        Matcher qualifier = QUALIFIER.matcher(sql);
        while (qualifier.find()) {
            if (qualifier.group(1) != null) {
                names.add(qualifier.group(1));
            }
        }
        return names;
    }
}
