package dev.sluice.local.load;

/** A message type that does not describe rows of the table. */
public final class ProtoMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean extraFields;

    private ProtoMismatch(String message, boolean extraFields) {
        super(message, null, false, false);
        this.extraFields = extraFields;
    }

    static ProtoMismatch extra(String field) {
        return new ProtoMismatch(
                "Schema mismatch due to extra fields in user schema: the table has no column " + field, true);
    }

    static ProtoMismatch of(String message) {
        return new ProtoMismatch(message, false);
    }

    /** Whether the message has fields that the table lacks. */
    public boolean hasExtraFields() {
        return extraFields;
    }
}
