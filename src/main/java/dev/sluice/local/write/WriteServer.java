package dev.sluice.local.write;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the Storage Write API, without TLS, on loopback. The port is taken at once; gRPC, which costs half a second, starts
 * when somebody comes. Thread-safe.
 */
public final class WriteServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WriteServer.class);

    private static final int MAX_MESSAGE_BYTES = 64 << 20;
    private static final int THREADS = 16;
    private static final long CLOSE_SECONDS = 5;

    private final ServerSocketChannel socket;
    private final WriteFaults faults;
    private final Thread doorkeeper;
    private final ExecutorService calls =
            Executors.newFixedThreadPool(THREADS, task -> new Thread(task, "storage-write"));
    private @Nullable Server server;
    private @Nullable MultiThreadIoEventLoopGroup network;

    private WriteServer(ServerSocketChannel socket, String token, WriteStore store, WriteFaults faults) {
        this.socket = socket;
        this.faults = faults;
        this.doorkeeper = new Thread(() -> awaitSomebody(token, store), "storage-write-door");
    }

    /**
     * @param port 0 for any
     * @param token that every call must carry
     */
    public static WriteServer open(int port, String token, WriteStore store, WriteFaults faults) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.configureBlocking(false);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        var opened = new WriteServer(socket, token, store, faults);
        opened.doorkeeper.setDaemon(true);
        opened.doorkeeper.start();
        return opened;
    }

    public int port() {
        return socket.socket().getLocalPort();
    }

    /** Leaves the first connection to gRPC, which accepts it. */
    private void awaitSomebody(String token, WriteStore store) {
        try {
            try (Selector selector = Selector.open()) {
                socket.register(selector, SelectionKey.OP_ACCEPT);
                selector.select();
            }
            serve(token, store);
        } catch (IOException e) {
            log.error("cannot serve the Storage Write API", e);
            close();
        }
    }

    private synchronized void serve(String token, WriteStore store) throws IOException {
        if (!socket.isOpen() || Thread.currentThread().isInterrupted()) {
            return;
        }
        network = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        server = NettyServerBuilder.forAddress(socket.getLocalAddress())
                .channelFactory(() -> new BoundChannel(socket))
                .bossEventLoopGroup(network)
                .workerEventLoopGroup(network)
                .executor(calls)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .intercept(new TokenCheck(token))
                .addService(new WriteService(store, faults))
                .build()
                .start();
    }

    /** When this returns, nothing is appended any more. */
    @Override
    public void close() {
        doorkeeper.interrupt();
        faults.close();
        stop();
        calls.shutdownNow();
        try {
            socket.close();
            calls.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            log.warn("cannot close the port of the Storage Write API: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void stop() {
        if (server != null) {
            server.shutdownNow();
        }
        if (network != null) {
            var unused = network.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Netty's channel over a socket that has its port already. */
    private static final class BoundChannel extends NioServerSocketChannel {

        BoundChannel(ServerSocketChannel socket) {
            super(socket);
        }

        @Override
        protected void doBind(SocketAddress address) {
            // it is bound
        }
    }
}
