package dev.sluice.local;

/** Another statement has changed rows of the same partition; this one may begin again. */
final class ConcurrentUpdate extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
