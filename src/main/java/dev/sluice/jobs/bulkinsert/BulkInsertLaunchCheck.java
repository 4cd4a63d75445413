package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.catalogue.CatalogueTable;
import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.LaunchVerdict;
import dev.sluice.item.source.SourceFile;
import dev.sluice.jobs.bulkinsert.PublishRowsTasklet.Ledger;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Publication;
import dev.sluice.ledger.SourceRecord;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds every fault of the input, and work that is done already, before an instance exists. */
final class BulkInsertLaunchCheck implements LaunchCheck {

    private final InputCheck input;
    private final BulkInsertRuns runs;
    private final SourceDigests digests;
    private final Ledger ledger;

    BulkInsertLaunchCheck(InputCheck input, BulkInsertRuns runs, SourceDigests digests, Ledger ledger) {
        this.input = input;
        this.runs = runs;
        this.digests = digests;
        this.ledger = ledger;
    }

    @Override
    public String job() {
        return BulkInsertJob.NAME;
    }

    @Override
    public LaunchVerdict check(Map<String, String> values, String jobKey, int generation, @Nullable Long completedRun) {
        BulkInsertParameters parameters = BulkInsertParameters.of(values);
        InstanceKey instance = new InstanceKey(BulkInsertJob.NAME, jobKey, generation);
        List<String> problems = input.problems(parameters);
        if (!problems.isEmpty()) {
            return new LaunchVerdict.Invalid(problems);
        }
        try {
            BulkInsertInput source = BulkInsertInput.of(parameters);
            return source.isObjects()
                    ? unread(completedRun)
                    : compare(parameters, instance, completedRun, source.files());
        } catch (SourceChanged e) {
            return new LaunchVerdict.Refused(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            return new LaunchVerdict.Invalid(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** What objects contain is known when BigQuery has read them. */
    private static LaunchVerdict unread(@Nullable Long completedRun) {
        return completedRun == null
                ? new LaunchVerdict.Allowed()
                : new LaunchVerdict.AlreadyDone(
                        "run %d published this source already; if the objects have changed since, give batch=<label> to load them as they are now"
                                .formatted(completedRun));
    }

    private LaunchVerdict compare(
            BulkInsertParameters parameters,
            InstanceKey instance,
            @Nullable Long completedRun,
            List<SourceFile> files) {
        Optional<SourceRecord> known = ledger.sources().find(instance);
        String digest = digest(files, known);
        boolean changed = known.isPresent() && !known.get().digest().equals(digest);
        if (completedRun != null) {
            return new LaunchVerdict.AlreadyDone(finished(completedRun, known.orElseThrow(), digest, changed));
        }
        if (ledger.receipts().find(instance).isPresent()) {
            // published: what is left to do does not read the source
            return new LaunchVerdict.Allowed();
        }
        if (changed) {
            return new LaunchVerdict.Refused(changed(parameters, known.get(), digest));
        }
        if (parameters.mode().isKeyed()) {
            // doing it once more gives the same rows
            return new LaunchVerdict.Allowed();
        }
        CatalogueTable table = input.table(parameters).orElseThrow();
        var target = runs.target(table, parameters);
        Optional<Publication> taken =
                ledger.publications().find(BulkInsertRun.contentKey(target, parameters, instance, digest));
        return taken.filter(others -> !others.instance().equals(instance))
                .map(others -> taken(parameters, others))
                .orElseGet(LaunchVerdict.Allowed::new);
    }

    private static LaunchVerdict taken(BulkInsertParameters parameters, Publication others) {
        String message = ContentTaken.message(parameters.source(), others);
        return others.published() ? new LaunchVerdict.AlreadyDone(message) : new LaunchVerdict.Refused(message);
    }

    /** Files that nobody has touched are not read again before the run begins, which soon comes to that. */
    private String digest(List<SourceFile> files, Optional<SourceRecord> known) {
        return known.filter(record -> SourceDigests.name(digests.stamps(files)).equals(record.stamp()))
                .map(SourceRecord::digest)
                .orElseGet(() -> digests.prove(files).digest().sha256());
    }

    private static String finished(long run, SourceRecord known, String now, boolean changed) {
        String done = "run %d published this source already".formatted(run);
        return changed
                ? "%s, and it has changed since (%s then, %s now); give batch=<label> to load the new content"
                        .formatted(done, SourceChanged.brief(known.digest()), SourceChanged.brief(now))
                : done;
    }

    private static String changed(BulkInsertParameters parameters, SourceRecord known, String now) {
        return ("source %s has changed since run %d began to load it: SHA-256 was %s and is %s now;"
                        + " put the old content back to resume, or give batch=<label> to load the new content")
                .formatted(
                        parameters.source(),
                        known.runId(),
                        SourceChanged.brief(known.digest()),
                        SourceChanged.brief(now));
    }
}
