package dev.sluice.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Counts who needs this server: one loopback connection each, opened with the token. Closing lets go of all. */
final class HomeServerAttachments implements Closeable {

    private static final int BACKLOG = 64;
    private static final int MAX_TOKEN = 200;
    private static final int ACCEPTED = 'k';
    private static final Duration GREETING = Duration.ofSeconds(5);

    private final byte[] token;
    private final HomeServerIdleness idleness;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(HomeServerAttachments::daemon);

    HomeServerAttachments(String token, HomeServerIdleness idleness) throws IOException {
        this.token = token.getBytes(StandardCharsets.US_ASCII);
        this.idleness = idleness;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    int port() {
        return listener.getLocalPort();
    }

    void listen() {
        threads.execute(this::acceptAll);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // closed, or a caller that was gone before it was accepted
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout((int) GREETING.toMillis());
            InputStream in = socket.getInputStream();
            if (MessageDigest.isEqual(token, readLine(in)) && idleness.enter()) {
                hold(socket, in);
            }
        } catch (IOException e) {
            // the caller is gone, which is all that its connection had to say
        } finally {
            open.remove(socket);
        }
    }

    private void hold(Socket socket, InputStream in) throws IOException {
        try {
            socket.setSoTimeout(0);
            socket.getOutputStream().write(ACCEPTED);
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } finally {
            idleness.leave();
        }
    }

    private static byte[] readLine(InputStream in) throws IOException {
        var line = new java.io.ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n' && line.size() < MAX_TOKEN; b = in.read()) {
            line.write(b);
        }
        return line.toByteArray();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "attachment");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
