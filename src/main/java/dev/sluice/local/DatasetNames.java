package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which datasets the configuration of a job names. */
final class DatasetNames {

    private DatasetNames() {}

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
}
