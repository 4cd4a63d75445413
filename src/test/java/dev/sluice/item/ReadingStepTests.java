package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import dev.sluice.bigquery.LocalDoor;
import dev.sluice.ledger.RepositoryMigration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The reader where it belongs, in a chunk step whose position is in the job repository: each row is written once. */
class ReadingStepTests {

    private static final int ROWS = 1_050;
    private static final int CHUNK = 100;
    /** In the eleventh chunk. */
    private static final long FAILS_ON = 1_020;

    private final NumbersInOrder query = new NumbersInOrder();
    private final List<Long> written = new ArrayList<>();
    private boolean failing = true;
    private LocalDoor door;
    private JdbcConnectionPool database;
    private JobRepository repository;
    private JobInstance instance;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        door = new LocalDoor(folder.resolve("warehouse"));
        database = JdbcConnectionPool.create("jdbc:h2:" + folder.resolve("repository"), "sa", "");
        RepositoryMigration.migrate(database, Path.of(""));
        var factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(database);
        factory.setTransactionManager(new JdbcTransactionManager(database));
        factory.afterPropertiesSet();
        repository = factory.getObject();
        instance = repository.createJobInstance("reading", new JobParameters());
        door.numbers(0, ROWS);
    }

    @AfterEach
    void close() throws IOException {
        database.dispose();
        door.close();
    }

    private JobExecution run() throws JobInterruptedException {
        Step step = new StepBuilder("read", repository)
                .<FieldValueList, FieldValueList>chunk(CHUNK)
                .transactionManager(new JdbcTransactionManager(database))
                .reader(new QueryItemReader(door.results(), query, () -> door.within(Duration.ofSeconds(30))))
                .writer(this::write)
                .build();
        JobExecution run = repository.createJobExecution(instance, new JobParameters(), new ExecutionContext());
        new JobBuilder("reading", repository).start(step).build().execute(run);
        return run;
    }

    private void write(Chunk<? extends FieldValueList> chunk) {
        List<Long> numbers =
                chunk.getItems().stream().map(row -> row.get(0).getLongValue()).toList();
        if (failing && numbers.contains(FAILS_ON)) {
            throw new IllegalStateException("as it should");
        }
        written.addAll(numbers);
    }

    private void failsAfterTenChunks() throws JobInterruptedException {
        assertThat(run().getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(written).hasSize(10 * CHUNK);
        failing = false;
    }

    private void completesWithEachRowOnce() throws JobInterruptedException {
        assertThat(run().getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(written)
                .containsExactlyElementsOf(LongStream.range(0, ROWS).boxed().toList());
    }

    @Test
    void aRestartReadsOnInTheResultThatBigQueryKeeps() throws Exception {
        failsAfterTenChunks();
        long asked = door.queries();
        door.numbers(ROWS, 10);
        completesWithEachRowOnce();
        assertThat(door.queries()).isEqualTo(asked);
    }

    @Test
    void aRestartAsksForTheRestByKeyWhenThatHasGone() throws Exception {
        failsAfterTenChunks();
        door.advance(Duration.ofHours(25));
        door.numbers(ROWS, 10);
        completesWithEachRowOnce();
        assertThat(query.askedAsOf()).hasSize(1);
    }
}
