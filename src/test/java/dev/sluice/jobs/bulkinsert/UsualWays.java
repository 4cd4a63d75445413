package dev.sluice.jobs.bulkinsert;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.UUID;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What Sluice is compared with: the limit, and what people write instead. */
final class UsualWays {

    private static final int CHUNK_ROWS = 1000;
    private static final int BUFFER_BYTES = 1 << 18;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private UsualWays() {}

    /** The same bytes over the same transport, and nothing else. */
    static void copy(Path file, String sink, String name) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var upload = new RawUpload(sink, name, Files.size(file))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                upload.write(buffer, 0, n);
            }
        }
    }

    /** Reads objects and writes them anew, as a program without a framework does. */
    static void loop(Path file, String sink, String name) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file);
                var upload = new RawUpload(sink, name, Files.size(file))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                upload.write(JSON.writeValueAsBytes(JSON.readValue(line, LinkedHashMap.class)));
                upload.write('\n');
            }
        }
    }

    /** One load job with a random id per chunk, as the Spring Batch extension for BigQuery does. */
    static void chunks(Path file, String sink, String name) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            var chunk = new ByteArrayOutputStream();
            int rows = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String row = JSON.writeValueAsString(JSON.readValue(line, LinkedHashMap.class)) + "\n";
                chunk.write(row.getBytes(StandardCharsets.UTF_8));
                if (++rows % CHUNK_ROWS == 0) {
                    send(sink, chunk);
                }
            }
            send(sink, chunk);
        }
    }

    private static void send(String sink, ByteArrayOutputStream chunk) throws IOException {
        if (chunk.size() > 0) {
            try (OutputStream upload = new RawUpload(sink, UUID.randomUUID().toString(), chunk.size())) {
                chunk.writeTo(upload);
            }
            chunk.reset();
        }
    }
}
