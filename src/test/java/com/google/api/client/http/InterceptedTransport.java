package com.google.api.client.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets tests stand between the client and the network. In this package because {@link HttpTransport#buildRequest} is
 * protected.
 */
public final class InterceptedTransport extends HttpTransport {

    private final HttpTransport transport;
    private final Interception interception;

    /** Decides what becomes of one exchange. */
    @FunctionalInterface
    public interface Interception {

        /** @param exchange can be sent any number of times, each time as the same request */
        LowLevelHttpResponse around(Exchange exchange) throws IOException;
    }

    /** One request. */
    @FunctionalInterface
    public interface Exchange {

        LowLevelHttpResponse send() throws IOException;

        /** Method and address. */
        default String name() {
            return "exchange";
        }
    }

    public InterceptedTransport(HttpTransport transport, Interception interception) {
        this.transport = transport;
        this.interception = interception;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        Map<String, String> headers = new LinkedHashMap<>();
        return new LowLevelHttpRequest() {
            @Override
            public void addHeader(String name, String value) {
                headers.put(name, value);
            }

            @Override
            public LowLevelHttpResponse execute() throws IOException {
                return interception.around(new Exchange() {
                    @Override
                    public LowLevelHttpResponse send() throws IOException {
                        return sendAgain();
                    }

                    @Override
                    public String name() {
                        return method + " " + url;
                    }
                });
            }

            private LowLevelHttpResponse sendAgain() throws IOException {
                LowLevelHttpRequest request = transport.buildRequest(method, url);
                for (Map.Entry<String, String> header : headers.entrySet()) {
                    request.addHeader(header.getKey(), header.getValue());
                }
                request.setContentLength(getContentLength());
                request.setContentType(getContentType());
                request.setContentEncoding(getContentEncoding());
                request.setStreamingContent(getStreamingContent());
                return request.execute();
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
