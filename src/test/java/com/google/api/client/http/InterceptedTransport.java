package com.google.api.client.http;

import java.io.IOException;

/**
 * Lets tests stand between the client and the network. In this package because {@link HttpTransport#buildRequest} is
 * protected.
 */
public final class InterceptedTransport extends HttpTransport {

    private final HttpTransport transport;
    private final Runnable aroundExchange;

    /** @param aroundExchange called before each request is sent and again after its answer has begun */
    public InterceptedTransport(HttpTransport transport, Runnable aroundExchange) {
        this.transport = transport;
        this.aroundExchange = aroundExchange;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) throws IOException {
        LowLevelHttpRequest request = transport.buildRequest(method, url);
        return new LowLevelHttpRequest() {
            @Override
            public void addHeader(String name, String value) throws IOException {
                request.addHeader(name, value);
            }

            @Override
            public void setTimeout(int connectTimeout, int readTimeout) throws IOException {
                request.setTimeout(connectTimeout, readTimeout);
            }

            @Override
            public LowLevelHttpResponse execute() throws IOException {
                request.setContentLength(getContentLength());
                request.setContentType(getContentType());
                request.setContentEncoding(getContentEncoding());
                request.setStreamingContent(getStreamingContent());
                aroundExchange.run();
                LowLevelHttpResponse response = request.execute();
                aroundExchange.run();
                return response;
            }
        };
    }

    @Override
    public boolean supportsMethod(String method) throws IOException {
        return transport.supportsMethod(method);
    }

    @Override
    public void shutdown() throws IOException {
        transport.shutdown();
    }
}
