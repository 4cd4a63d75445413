package dev.sluice.local.load;

import java.util.List;

/** A load that cannot be done: for its settings, for its files or for too many bad rows. */
public final class LoadRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String location;
    private final transient List<BadRecords.Bad> rows;

    private LoadRefused(String reason, String location, String message, List<BadRecords.Bad> rows) {
        super(message);
        this.reason = reason;
        this.location = location;
        this.rows = List.copyOf(rows);
    }

    static LoadRefused invalid(String message) {
        return new LoadRefused("invalid", "", message, List.of());
    }

    static LoadRefused tooMany(SourceFile file, String message, List<BadRecords.Bad> rows) {
        return new LoadRefused("invalid", file.uri(), message, rows);
    }

    static LoadRefused unreadable(SourceFile file, String what) {
        String message = "Error while reading data, error message: %s%s".formatted(what, file.named());
        return new LoadRefused("invalid", file.uri(), message, List.of());
    }

    static LoadRefused notFound(String uri) {
        return new LoadRefused("notFound", "", "Not found: URI " + uri, List.of());
    }

    static LoadRefused unsupported(String what) {
        return new LoadRefused("notImplemented", "", "The local BigQuery does not support " + what, List.of());
    }

    /** BigQuery's word for it. */
    public String reason() {
        return reason;
    }

    /** The file's URI; empty for an upload, and for what is wrong with no file. */
    public String location() {
        return location;
    }

    /** The rows that were too many, the first ones only. */
    public List<BadRecords.Bad> rows() {
        return rows;
    }
}
