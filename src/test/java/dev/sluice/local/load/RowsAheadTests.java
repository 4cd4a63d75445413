package dev.sluice.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowsAheadTests {

    private static RowsAhead.Row row(long number) {
        return new RowsAhead.Row(number, new Object[] {number}, null);
    }

    @Test
    void comeInTheirOrderAndAllOfThem() throws Exception {
        List<Long> numbers = new ArrayList<>();
        try (var ahead = RowsAhead.of(rows -> {
            for (int i = 1; i <= 10_001; i++) {
                rows.add(row(i), 10);
            }
        })) {
            for (List<RowsAhead.Row> batch = ahead.next(); !batch.isEmpty(); batch = ahead.next()) {
                batch.forEach(row -> numbers.add(row.number()));
            }
        }

        assertThat(numbers).isEqualTo(LongStream.rangeClosed(1, 10_001).boxed().toList());
    }

    @Test
    void largeOnesComeOneByOne() throws Exception {
        try (var ahead = RowsAhead.of(rows -> {
            rows.add(row(1), 1 << 20);
            rows.add(row(2), 1 << 20);
        })) {
            assertThat(ahead.next()).hasSize(1);
            assertThat(ahead.next()).hasSize(1);
            assertThat(ahead.next()).isEmpty();
        }
    }

    @Test
    void whatTheReaderThrowsIsThrownAfterTheRowsBefore() throws Exception {
        try (var ahead = RowsAhead.of(rows -> {
            rows.add(row(1), 1 << 20);
            throw new IOException("torn");
        })) {
            assertThat(ahead.next()).hasSize(1);
            assertThatExceptionOfType(IOException.class).isThrownBy(ahead::next).withMessage("torn");
        }
    }

    @Test
    void theReaderEndsWhenNobodyTakesThem() throws Exception {
        var ended = new CountDownLatch(1);
        try (var ahead = RowsAhead.of(rows -> {
            try {
                while (true) {
                    rows.add(row(1), 10);
                }
            } finally {
                ended.countDown();
            }
        })) {
            assertThat(ahead.next()).isNotEmpty();
        }

        assertThat(ended.getCount()).isZero();
    }
}
