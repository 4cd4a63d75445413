package dev.sluice.sweep;

import com.google.api.client.http.InterceptedTransport.Exchange;
import com.google.api.client.http.InterceptedTransport.Interception;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Where one load happens: a dataset and a repository, which closing removes, and a home folder. */
record Place(String name, Path home, SweepRepository repository, SweepBigQuery bigQuery) implements AutoCloseable {

    String dataset() {
        return "acme_corp_" + name;
    }

    String table() {
        return SweepBigQuery.table(dataset());
    }

    JobProcess process(DeathSwitch death) {
        return process(death, Exchange::send);
    }

    /** @param network what becomes of each exchange */
    JobProcess process(DeathSwitch death, Interception network) {
        return new JobProcess(death, network, properties());
    }

    private Map<String, Object> properties() {
        return Map.of(
                "sluice.root",
                ".",
                "sluice.home",
                home.toString(),
                "sluice.environment",
                name,
                "sluice.bigquery.endpoint",
                bigQuery.url(),
                "sluice.bigquery.token",
                SweepBigQuery.TOKEN,
                // a thread that commits at moments of its own would make the points drift
                "sluice.bigquery.monitor.record",
                "false",
                "spring.datasource.url",
                repository.url());
    }

    /** So that the thousandth load finds no more than the first. */
    @Override
    public void close() throws IOException {
        bigQuery.delete(dataset());
        repository.drop();
    }
}
