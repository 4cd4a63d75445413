package dev.sluice.jobs.bulkinsert;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Audit rows of 490 bytes as NDJSON, and the same ones as CSV; row n is the same at every call. */
final class AuditRows {

    static final int ROW_BYTES = 490;

    /** In templates, # is a digit of the row's number, and % a hexadecimal digit that looks like chance. */
    private static final String NDJSON =
            "{\"audit_id\":\"audit-##########\",\"org_slug\":\"acme_corp\",\"user_id\":\"user-#####\","
                    + "\"action\":\"UPDATE\",\"resource_type\":\"PIPELINE\",\"resource_id\":\"pipeline-######\",\"details\":"
                    + "{\"n\":1##########,\"before\":[1,2.5,null],\"after\":{\"enabled\":true,\"trace\":\""
                    + "%".repeat(41) + "\"}},"
                    + "\"ip_address\":\"10.20.1##.1\",\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0\","
                    + "\"request_id\":\"request-" + "%".repeat(16)
                    + "\",\"status\":\"SUCCESS\",\"created_at\":\"2026-01-1#T08:00:0#.######Z\"}\n";

    private static final String CSV_HEADER =
            "audit_id,org_slug,user_id,action,resource_type,resource_id,details,ip_address,user_agent,request_id,status,created_at\n";
    private static final String CSV = "audit-##########,acme_corp,user-#####,UPDATE,PIPELINE,pipeline-######,"
            + "\"{\"\"n\"\":1##########,\"\"before\"\":[1,2.5,null],\"\"after\"\":{\"\"enabled\"\":true,\"\"trace\"\":\"\""
            + "%".repeat(41) + "\"\"}}\",10.20.1##.1,Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0,"
            + "request-" + "%".repeat(16) + ",SUCCESS,2026-01-1#T08:00:0#.######Z\n";

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int HEX = 16;
    private static final int DECIMAL = 10;

    private final byte[] template;
    private final byte[] row;

    private AuditRows(String template) {
        this.template = template.getBytes(StandardCharsets.US_ASCII);
        this.row = this.template.clone();
    }

    static Path ndjson(Path folder, long rows) throws IOException {
        return write(folder.resolve("rows-" + rows + ".ndjson"), "", NDJSON, rows);
    }

    static Path csv(Path folder, long rows) throws IOException {
        return write(folder.resolve("rows-" + rows + ".csv"), CSV_HEADER, CSV, rows);
    }

    private static Path write(Path file, String header, String template, long rows) throws IOException {
        var generator = new AuditRows(template);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (long n = 0; n < rows; n++) {
                out.write(generator.row(n));
            }
        }
        return file;
    }

    /** Valid until the next call. */
    private byte[] row(long n) {
        long number = n;
        long chance = (n + 1) * 0x9E3779B97F4A7C15L;
        for (int at = row.length - 1; at >= 0; at--) {
            if (template[at] == '#') {
                row[at] = (byte) ('0' + number % DECIMAL);
                number /= DECIMAL;
            } else if (template[at] == '%') {
                chance ^= chance << 13;
                chance ^= chance >>> 7;
                chance ^= chance << 17;
                row[at] = (byte) Character.forDigit((int) (chance & (HEX - 1)), HEX);
            } else {
                number = n;
            }
        }
        return row;
    }
}
