package dev.sluice.jobs.bulkinsert;

import java.util.List;

/** What BigQuery has read is not what the table can take, whichever rows are left out; nothing was published. */
final class UnfitSource extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitSource(String source, List<String> problems) {
        super(
                "cannot load %s: %s. Nothing was published; mend the source and start it with batch=<label>, or choose another schemaPolicy"
                        .formatted(source, String.join("; ", problems)));
    }
}
