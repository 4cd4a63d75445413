package dev.sluice.jobs.bulkinsert;

import java.util.Locale;

/** What the parameter {@code wire} asks for. */
enum WireFormat {
    /** Whatever is faster. */
    AUTO,
    NDJSON,
    AVRO;

    /** @param text as the job file lists it */
    static WireFormat of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
