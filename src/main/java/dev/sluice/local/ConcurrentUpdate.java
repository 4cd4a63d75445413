package dev.sluice.local;

/** Another statement was in the way, or is in the {@link Journal}; this one may begin again behind it. */
final class ConcurrentUpdate extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
