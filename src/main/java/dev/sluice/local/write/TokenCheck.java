package dev.sluice.local.write;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Refuses calls without the token.
 *
 * @param expected what the authorization must be
 */
record TokenCheck(byte[] expected) implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    TokenCheck(String token) {
        this(("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String given = headers.get(AUTHORIZATION);
        byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        if (MessageDigest.isEqual(expected, bytes)) {
            return next.startCall(call, headers);
        }
        call.close(
                Status.UNAUTHENTICATED.withDescription("Request had invalid authentication credentials"),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
