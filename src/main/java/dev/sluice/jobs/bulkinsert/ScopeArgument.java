package dev.sluice.jobs.bulkinsert;

/**
 * Which part of a table is meant, as {@code name:value}.
 *
 * @param name of a scope in {@code catalogue.yaml}; need not be there yet
 */
record ScopeArgument(String name, String value) {

    /** Without a colon the value is empty. */
    static ScopeArgument of(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new ScopeArgument(text, "")
                : new ScopeArgument(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return name + ":" + value;
    }
}
