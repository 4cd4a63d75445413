package dev.sluice.home;

/** Keeps the home server alive for as long as it is open. Closing is idempotent and never throws. */
public interface HomeAttachment extends AutoCloseable {

    HomeEndpoint endpoint();

    @Override
    void close();
}
