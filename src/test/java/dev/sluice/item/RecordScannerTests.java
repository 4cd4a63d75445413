package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cuts what anybody may write; what comes of it is what cutting it letter by letter gives. */
class RecordScannerTests {

    private static final long SEED = 20_261_126;
    private static final String LETTERS = "\"\"\"ab,,\n\n\r";

    /** A record as its line, its text or the beginning of its fault, and the offset behind it. */
    private static List<String> scanned(InputStream in, @Nullable CsvDialect csv, int most) throws IOException {
        List<String> records = new ArrayList<>();
        var scanner = new RecordScanner(in, SourcePosition.START, csv, most);
        while (scanner.advance()) {
            RejectedRow row = scanner.reject(java.nio.file.Path.of("rows"), "");
            String text = new String(row.raw(), StandardCharsets.US_ASCII);
            records.add("%d: %s (%s) %d"
                    .formatted(row.line(), text, kind(scanner.fault()), scanner.offset())
                    .replace("\n", "\\n"));
        }
        return records;
    }

    private static String kind(@Nullable String fault) {
        return fault == null ? "" : fault.substring(0, fault.indexOf(' '));
    }

    /** Without any wit. */
    private static List<String> expected(String text, boolean quoted, int most) {
        List<String> records = new ArrayList<>();
        long line = 1;
        for (int at = 0; at < text.length(); ) {
            int lineEnd = end(text.indexOf('\n', at), text);
            int end = quoted ? recordEnd(text, at) : lineEnd;
            boolean open = end < 0;
            end = open ? text.length() : end;
            boolean tooLong = lineEnd - at > most;
            boolean givenUp = open || end - at > most;
            int taken = givenUp ? lineEnd : end;
            String record = tooLong ? "" : text.substring(at, taken).replaceFirst("\r$", "");
            int behind = Math.min(taken + 1, text.length());
            records.add("%d: %s (%s) %d"
                    .formatted(line, record, tooLong ? "longer" : givenUp ? "a" : "", behind)
                    .replace("\n", "\\n"));
            line += text.substring(at, behind).chars().filter(c -> c == '\n').count();
            at = behind;
        }
        return records;
    }

    private static int end(int found, String text) {
        return found < 0 ? text.length() : found;
    }

    /** -1 if a quote never ends. */
    private static int recordEnd(String text, int start) {
        char before = ',';
        boolean quoted = false;
        boolean closed = false;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n' && !quoted) {
                return at;
            }
            if (c == '"' && (quoted || closed || before == ',')) {
                closed = quoted;
                quoted = !quoted;
            } else if (!quoted) {
                closed &= c != ',';
            }
            before = c;
        }
        return quoted ? -1 : text.length();
    }

    /** Yields a few bytes at a time. */
    private static InputStream dripping(String text, Random random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(4)));
            }
        };
    }

    @Test
    void cutsWhatAnybodyMayWrite() throws IOException {
        var random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            int length = random.nextInt(30);
            String text = random.ints(length, 0, LETTERS.length())
                    .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
                    .reduce("", String::concat);
            int most = 1 + random.nextInt(12);
            boolean quoted = random.nextBoolean();
            CsvDialect csv = quoted ? CsvDialect.RFC_4180 : null;
            assertThat(scanned(dripping(text, random), csv, most))
                    .as("%s, at most %d of each, quoted %s, seed %d, round %d", text, most, quoted, SEED, i)
                    .isEqualTo(expected(text, quoted, most));
        }
    }

    /** Each of these lines would be looked at to the end of the file, as each opens a quote that never ends. */
    @Test
    @Timeout(30)
    void looksAtAMillionOpenQuotesOnce() throws IOException {
        String line = "a\",\"b\n";
        InputStream in = new ByteArrayInputStream(line.repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));
        var scanner = new RecordScanner(in, SourcePosition.START, CsvDialect.RFC_4180, 4 << 20);
        long given = 0;
        while (scanner.advance()) {
            given += scanner.fault() == null ? 0 : 1;
        }
        assertThat(given).isEqualTo(1_000_000);
    }
}
