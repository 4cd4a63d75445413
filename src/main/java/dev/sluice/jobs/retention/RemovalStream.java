package dev.sluice.jobs.retention;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Both ends of a removing step: reads blocks and removes each in its chunk's transaction. For one step execution; not
 * thread-safe.
 */
final class RemovalStream<T> implements ItemStreamReader<List<T>>, ItemWriter<List<T>>, StepExecutionListener {

    private static final String POSITION = "position";
    private static final String LISTED = "listed";

    private final Purges purges;
    private final Removal<T> removal;
    private @Nullable Purge purge;
    private long position;
    private long listed;

    RemovalStream(Purges purges, Removal<T> removal) {
        this.purges = purges;
        this.removal = removal;
    }

    @Override
    public void beforeStep(StepExecution step) {
        purge = purges.of(step.getJobExecution());
    }

    private Purge purge() {
        return Objects.requireNonNull(purge, "a step execution comes first");
    }

    @Override
    public void open(ExecutionContext context) {
        position = context.getLong(POSITION, 0);
        listed = context.getLong(LISTED, 0);
    }

    @Override
    public @Nullable List<T> read() {
        List<T> block = removal.next(purge(), position);
        if (block.isEmpty()) {
            return null;
        }
        position = removal.number(block.get(block.size() - 1));
        return block;
    }

    @Override
    public void write(Chunk<? extends List<T>> chunk) {
        purge().fence().verify();
        for (List<T> block : chunk) {
            removal.remove(purge(), block);
            if (purge().list() != null) {
                listed = new ListFile(purge().list())
                        .write(listed, block.stream().map(removal::line).toList());
            }
        }
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(POSITION, position);
        context.putLong(LISTED, listed);
    }
}
