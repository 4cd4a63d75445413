package dev.sluice.local;

import dev.sluice.local.fault.FaultPlan;
import dev.sluice.local.load.GcsFolder;
import dev.sluice.local.write.WriteFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** The parts of a local BigQuery over one store, put together. */
final class LocalWiring {

    private final Store store;
    private final MovableClock clock;
    private final FaultPlan plan;
    private final Quotas quotas;
    private final Uploads uploads;
    private final Datasets datasets;
    private final Tables tables;
    private final QueryEffects queries;
    private final StreamingBuffer buffer;
    private final Effects effects;
    private final JobStore jobs;
    private final RunningJobs running;
    private final JobRunner runner;
    private final Routes routes;

    /** @param objects stand for Cloud Storage */
    LocalWiring(Store store, Path home, GcsFolder objects, MovableClock clock, LocalSettings settings)
            throws IOException {
        String project = settings.projectId();
        var lanes = new TableLanes(project, clock);
        var attempts = new Attempts(store, lanes, project);
        this.store = store;
        this.clock = clock;
        this.plan = Objects.requireNonNullElseGet(settings.faults(), () -> FaultPlan.none(clock));
        this.quotas = new Quotas(settings.quotas(), clock);
        this.uploads = new Uploads(store, OwnerOnly.folder(home.resolve("uploads")));
        this.datasets = new Datasets(project, clock, store.commits());
        this.tables = new Tables(datasets, project, clock, store.commits());
        this.queries = new QueryEffects(store, tables, project, objects, clock, Pricing.BLOCK_BYTES);
        this.buffer = new StreamingBuffer(clock);
        this.effects = effects(attempts, objects);
        this.jobs = new JobStore(store, uploads, project, clock);
        this.running = new RunningJobs(jobs);
        this.runner = new JobRunner(
                jobs,
                running,
                new JobTransactions(jobs, attempts, effects, clock),
                new JobTurns(effects, lanes, JobPools.of(settings.workers()), quotas),
                new JobFaults(plan, clock),
                store.processors(),
                clock);
        this.routes = routes(project);
    }

    private Effects effects(Attempts attempts, GcsFolder objects) {
        return new Effects(
                store,
                attempts,
                new LoadEffects(tables, objects, store.processors()),
                queries,
                new CopyEffects(tables, clock),
                new ExtractEffects(tables, objects),
                buffer,
                new JobLocations(store, tables));
    }

    private Routes routes(String project) {
        var jobsApi = new JobsApi(store, jobs, runner, running, effects, new DryRuns(tables, queries.reader()));
        return new Routes(
                project,
                new DatasetsApi(store, datasets, tables),
                new TablesApi(store, tables, buffer, quotas),
                new TableDataApi(store, tables, new Streaming(tables, buffer), quotas),
                new PoliciesApi(store),
                new RowPoliciesApi(store, tables),
                jobsApi,
                new ResultsApi(store, tables, running, jobsApi, quotas),
                new UploadsApi(jobs, runner, running, effects, uploads),
                new AbsentApi(store, datasets));
    }

    Store store() {
        return store;
    }

    JobRunner runner() {
        return runner;
    }

    Uploads uploads() {
        return uploads;
    }

    FaultPlan plan() {
        return plan;
    }

    MovableClock clock() {
        return clock;
    }

    RestRequests requests(String token, FaultyCalls faults, String url) {
        return new RestRequests(token, faults, quotas, routes, url);
    }

    StorageWrites storageWrites() {
        return new StorageWrites(store, tables);
    }

    WriteFaults writeFaults() {
        return new WriteFaults(plan, clock::advance);
    }

    Expirations expirations() {
        return new Expirations(store, tables, buffer, clock);
    }
}
