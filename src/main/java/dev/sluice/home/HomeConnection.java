package dev.sluice.home;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** An open socket to the home server's attach port; the kernel closes it if this process dies. */
final class HomeConnection implements HomeAttachment {

    private static final int ACCEPTED = 'k';
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Socket socket;
    private final HomeEndpoint endpoint;

    private HomeConnection(Socket socket, HomeEndpoint endpoint) {
        this.socket = socket;
        this.endpoint = endpoint;
    }

    /** Empty if nobody answers there, or somebody who does not accept the token. Blocks for at most 4 seconds. */
    @SuppressWarnings("resource") // handed to the caller inside the connection, or closed here
    static Optional<HomeAttachment> open(HomeEndpoint endpoint) {
        var socket = new Socket();
        if (accepts(socket, endpoint)) {
            return Optional.of(new HomeConnection(socket, endpoint));
        }
        closeQuietly(socket);
        return Optional.empty();
    }

    private static boolean accepts(Socket socket, HomeEndpoint endpoint) {
        int limit = (int) LIMIT.toMillis();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.attachPort()), limit);
            socket.setSoTimeout(limit);
            socket.getOutputStream().write((endpoint.token() + "\n").getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == ACCEPTED;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public HomeEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closing a loopback socket has nothing left to lose
        }
    }
}
