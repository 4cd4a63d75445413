import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes made-up audit rows as NDJSON, the same at every call: {@code java scripts/AuditRows.java <rows> <file>}. */
final class AuditRows {

    private static final String ROW = "{\"audit_id\":\"a%08d\",\"org_slug\":\"acme_corp\",\"user_id\":\"u%d\","
            + "\"action\":\"READ\",\"resource_type\":\"PIPELINE\",\"resource_id\":\"p%d\",\"details\":{\"n\":%d},"
            + "\"ip_address\":\"10.0.0.1\",\"user_agent\":\"tour\",\"request_id\":\"r%d\",\"status\":\"SUCCESS\","
            + "\"created_at\":\"2026-01-%02dT00:00:%02dZ\"}%n";

    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        try (Writer file = Files.newBufferedWriter(Path.of(arguments[1]))) {
            for (int i = 0; i < rows; i++) {
                file.write(ROW.formatted(i, i % 97, i, i, i, i % 28 + 1, i % 60));
            }
        }
    }
}
