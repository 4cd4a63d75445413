package dev.sluice.local.load;

import java.util.List;

/** A message type that does not describe rows of the table. */
public final class ProtoMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean extraFields;

    private ProtoMismatch(String message, boolean extraFields) {
        super(message, null, false, false);
        this.extraFields = extraFields;
    }

    static ProtoMismatch extra(List<String> fields) {
        return new ProtoMismatch(
                "Input schema has more fields than BigQuery schema, extra fields: '%s'"
                        .formatted(String.join(",", fields)),
                true);
    }

    static ProtoMismatch of(String message) {
        return new ProtoMismatch(message, false);
    }

    /** Whether the message has fields that the table lacks. */
    public boolean hasExtraFields() {
        return extraFields;
    }
}
