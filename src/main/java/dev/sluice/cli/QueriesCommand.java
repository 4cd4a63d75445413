package dev.sluice.cli;

import dev.sluice.runs.ObservedQuery;
import dev.sluice.runs.QueryFilter;
import dev.sluice.runs.QueryOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Lists the worst BigQuery jobs. */
@Command(
        name = "queries",
        description = "List the BigQuery jobs that took longest or cost most, the worst first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice queries",
            "  sluice queries --by billed --since 7d",
            "  sluice queries --severity alert --org acme_corp --limit 5",
            "  sluice queries --operation bulk-insert/ --outcome deadline_exceeded --json"
        })
final class QueriesCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--by",
            paramLabel = "<what>",
            defaultValue = "elapsed",
            description = "What the worst is judged by: ${COMPLETION-CANDIDATES} (default elapsed).")
    private QueryOrder by = QueryOrder.ELAPSED;

    @Option(
            names = "--operation",
            paramLabel = "<name>",
            description = "Only this SQL file or job/step, or those that begin so.")
    private @Nullable String operation;

    @Option(names = "--tier", paramLabel = "<tier>", description = "Only callers of this tier, such as USER.")
    private @Nullable String tier;

    @Option(names = "--org", paramLabel = "<slug>", description = "Only this organization's.")
    private @Nullable String org;

    @Option(names = "--severity", paramLabel = "<level>", description = "Only OK, WARN or ALERT.")
    private @Nullable String severity;

    @Option(
            names = "--outcome",
            paramLabel = "<outcome>",
            description = "Only DONE, FAILED, STOPPED or DEADLINE_EXCEEDED.")
    private @Nullable String outcome;

    @Option(names = "--run", paramLabel = "<run>", description = "Only effects of this run.")
    private @Nullable Long run;

    @Option(
            names = "--since",
            paramLabel = "<time>",
            converter = Lookback.class,
            description = "Only those of the last so long, such as 90m, 24h or 7d.")
    private @Nullable Duration since;

    @Option(names = "--limit", paramLabel = "<n>", defaultValue = "20", description = "At most so many (default 20).")
    private int limit;

    QueriesCommand() {
        this.spec = CommandSpec.create();
    }

    /** As settings are written. */
    static final class Lookback implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return DurationStyle.SIMPLE.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'%s' is no length of time; write 90m, 24h or 7d".formatted(text));
            }
        }
    }

    @Override
    public Integer call() {
        var filter = new QueryFilter(operation, tier, org, severity, outcome, run, since, by, Math.max(1, limit));
        try (Repository repository = Repository.open(options)) {
            List<ObservedQuery> worst = repository.queries().worst(filter);
            var output = new Output(spec.commandLine().getOut());
            if (options.json()) {
                output.json(worst);
            } else if (worst.isEmpty()) {
                output.line("no BigQuery jobs were observed, or none of this kind");
            } else {
                output.table(QueryText.HEADS, worst.stream().map(QueryText::row).toList());
            }
            return 0;
        }
    }
}
