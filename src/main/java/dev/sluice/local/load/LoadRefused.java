package dev.sluice.local.load;

import java.util.List;

/** A load that cannot be done: for its settings, for its files or for too many bad rows. */
public final class LoadRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient List<BadRecords.Bad> rows;

    private LoadRefused(String reason, String message, List<BadRecords.Bad> rows) {
        super(message);
        this.reason = reason;
        this.rows = List.copyOf(rows);
    }

    static LoadRefused invalid(String message) {
        return new LoadRefused("invalid", message, List.of());
    }

    static LoadRefused tooMany(String message, List<BadRecords.Bad> rows) {
        return new LoadRefused("invalid", message, rows);
    }

    static LoadRefused unreadable(SourceFile file, String what) {
        return invalid("Error while reading data, error message: %s%s".formatted(what, file.named()));
    }

    static LoadRefused notFound(String uri) {
        return new LoadRefused("notFound", "Not found: URI " + uri, List.of());
    }

    static LoadRefused unsupported(String what) {
        return new LoadRefused("notImplemented", "The local BigQuery does not support " + what, List.of());
    }

    /** BigQuery's word for it. */
    public String reason() {
        return reason;
    }

    /** The rows that were too many, the first ones only. */
    public List<BadRecords.Bad> rows() {
        return rows;
    }
}
