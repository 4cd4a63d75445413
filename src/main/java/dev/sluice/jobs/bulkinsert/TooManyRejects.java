package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.RejectedRow;
import java.nio.file.Path;

/** More rows were set aside than the run allows; nothing of it becomes visible. */
final class TooManyRejects extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyRejects(String source, RejectedRow first, long count, long limit, Path rejectFile) {
        this(
                source,
                "line %d of %s: %s".formatted(first.line(), first.file().getFileName(), first.reason()),
                count,
                limit,
                rejectFile.toString());
    }

    /** @param where the rows are */
    TooManyRejects(String source, String example, long count, long limit, String where) {
        super(("cannot load %s: %d row%s rejected so far, maxRejects is %d; for example %s."
                        + " Nothing was published. The rows are in %s;"
                        + " start again with a higher maxRejects, or mend the source and start it with a batch label")
                .formatted(source, count, count == 1 ? "" : "s", limit, example, where));
    }
}
