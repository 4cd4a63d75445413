package dev.sluice.bigquery.catalogue;

/** One fault of a schema file, with file and line. */
final class DdlProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DdlProblem(String message) {
        super(message);
    }
}
