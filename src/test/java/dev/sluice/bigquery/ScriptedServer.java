package dev.sluice.bigquery;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** An HTTP server on bare sockets that does to each exchange what a script says, faults included. */
final class ScriptedServer implements AutoCloseable {

    /** One request, its body unzipped. Header names are in lower case. */
    record Request(String method, String path, Map<String, String> headers, byte[] body) {

        boolean is(String method, String part) {
            return this.method.equals(method) && path.contains(part);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Answers a request, or does something worse. */
    @FunctionalInterface
    interface Script {
        void play(Request request, Connection connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final boolean remembers;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("scripted-server"));
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    ScriptedServer(Script script) {
        this(script, true);
    }

    /** @param remembers whether to keep every request; not for a hundred thousand of them */
    ScriptedServer(Script script, boolean remembers) {
        this.script = script;
        this.remembers = remembers;
        try {
            listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Everything asked so far, oldest first. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    long count(String method, String part) {
        return requests.stream().filter(request -> request.is(method, part)).count();
    }

    /** Connections that neither end has closed; those that the client has left count until their end is read. */
    long open() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    /** Connections ever made. */
    int accepted() {
        return sockets.size();
    }

    /** Breaks every connection off, as a server that goes down. */
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                // head and body are sent apart: without it the client waits 40 ms for the body
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException | RejectedExecutionException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var connection = new Connection(socket, in, closed);
            for (Request request = read(in); !socket.isClosed(); request = read(in)) {
                if (remembers) {
                    requests.add(request);
                }
                script.play(request, connection);
            }
        } catch (IOException e) {
            // the client has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = body(in, headers);
        if ("gzip".equals(headers.get("content-encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new Request(first[0], first[1], headers, body);
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        var bytes = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            bytes.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return bytes.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
        hangUp();
        threads.shutdownNow();
    }

    /** The server's end of one connection, with the faults it can play. */
    record Connection(Socket socket, InputStream in, CountDownLatch serverClosed) {

        void json(int status, String body) throws IOException {
            answer(status, Map.of("Content-Type", "application/json"), body);
        }

        void error(int status, String reason, String message) throws IOException {
            json(status, """
                    {"error": {"code": %d, "message": "%s", "errors": [{"reason": "%s", "message": "%s"}]}}""".formatted(status, message, reason, message));
        }

        void answer(int status, Map<String, String> headers, String body) throws IOException {
            head(status, headers, body.getBytes(StandardCharsets.UTF_8).length);
            write(body);
        }

        void head(int status, Map<String, String> headers, int length) throws IOException {
            var head = new StringBuilder("HTTP/1.1 %d said\r\nContent-Length: %d\r\n".formatted(status, length));
            headers.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
            write(head + "\r\n");
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Says nothing more until the client hangs up. */
        void stall() throws IOException {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            socket.close();
        }

        /** Sends one byte of a body every 100 ms for ever. */
        void trickle() throws IOException, InterruptedException {
            head(200, Map.of("Content-Type", "application/json"), 1_000_000);
            while (!serverClosed.await(100, TimeUnit.MILLISECONDS)) {
                write(" ");
            }
        }

        /** Hangs up in the rude way. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Hangs up without an answer. */
        void drop() throws IOException {
            socket.close();
        }
    }
}
