package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.home.HomeFolder;
import dev.sluice.home.ServerProgram;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningRepositoryTests {

    private static final String PASSWORD = "00ff";
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    Path parent;

    @Test
    void isClosedOnceItIsOpenIfItsOwnerWasInterrupted() throws Exception {
        var interrupted = new CountDownLatch(1);
        var opener = new CompletableFuture<Thread>();
        var url = new CompletableFuture<String>();
        OpeningRepository opening = OpeningRepository.begin(() -> {
            opener.complete(Thread.currentThread());
            interrupted.await();
            HomeServerRepository repository =
                    HomeServerRepository.open(HomeFolder.open(parent), PASSWORD, Path.of(""), ServerProgram.hold());
            url.complete(repository.jdbcUrl());
            return repository;
        });

        Thread.currentThread().interrupt();
        opening.close();
        assertThat(Thread.interrupted()).isTrue();
        interrupted.countDown();

        Thread thread = opener.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        assertThat(thread.isAlive()).isFalse();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(url.join(), HomeServerRepository.USER, PASSWORD)
                        .close());
    }
}
