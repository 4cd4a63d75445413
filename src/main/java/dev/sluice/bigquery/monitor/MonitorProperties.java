package dev.sluice.bigquery.monitor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * When a BigQuery job is worth a word.
 *
 * @param record whether BigQuery jobs are kept in the repository
 * @param warnBytes processed by one job, from which it is a warning
 * @param warnElapsed waited for one job, from which it is a warning
 * @param slow waited by a caller of tier USER or AUTH, from which the query goes to the slow-query log
 * @param orgLabels tenants that meters tell apart; the others are called other
 * @param retention after which kept jobs are forgotten
 */
@ConfigurationProperties("sluice.bigquery.monitor")
record MonitorProperties(
        @DefaultValue("true") boolean record,
        @DefaultValue("1GB") DataSize warnBytes,
        @DefaultValue("10s") Duration warnElapsed,
        @DefaultValue("10GB") DataSize alertBytes,
        @DefaultValue("60s") Duration alertElapsed,
        @DefaultValue("2s") Duration slow,
        @DefaultValue("100") int orgLabels,
        @DefaultValue("30d") Duration retention) {

    MonitorProperties {
        require(alertBytes.compareTo(warnBytes) >= 0, "alert-bytes is below warn-bytes");
        require(alertElapsed.compareTo(warnElapsed) >= 0, "alert-elapsed is below warn-elapsed");
        require(orgLabels >= 0, "org-labels is negative");
        require(retention.compareTo(Duration.ofDays(1)) >= 0, "retention is below one day");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("sluice.bigquery.monitor: " + otherwise);
        }
    }

    Severity severity(Duration elapsed, long bytesProcessed) {
        if (bytesProcessed >= alertBytes.toBytes() || elapsed.compareTo(alertElapsed) >= 0) {
            return Severity.ALERT;
        }
        boolean warn = bytesProcessed >= warnBytes.toBytes() || elapsed.compareTo(warnElapsed) >= 0;
        return warn ? Severity.WARN : Severity.OK;
    }
}
