package dev.sluice.jobs.bulkinsert;

/** What publishing does with rows that the target has already. */
enum LoadMode {
    /** Nothing: every staged row is inserted. The same content is inserted once, unless a batch is named. */
    APPEND("append"),
    /** Rows with a staged row's key become like it. */
    MERGE("merge"),
    /** As MERGE, and rows of the scope that are not staged are deleted. */
    REPLACE_SCOPE("replace-scope");

    private final String text;

    LoadMode(String text) {
        this.text = text;
    }

    /** @param text as the job file lists it */
    static LoadMode of(String text) {
        for (LoadMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("unknown mode " + text);
    }

    /** Whether rows are told apart by the table's key, so that no two staged ones may have the same. */
    boolean isKeyed() {
        return this != APPEND;
    }

    @Override
    public String toString() {
        return text;
    }
}
