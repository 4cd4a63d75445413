package dev.sluice.bigquery;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.auth.Credentials;
import com.google.auth.RequestMetadataCallback;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts Google credentials on requests. A token is fetched over the pooled transport, on a thread of its own and under
 * the AUTH tier's deadline, while each caller waits no longer than its own. A token that BigQuery refuses (401) is renewed
 * once, whoever it was refused to, and the exchange repeated once. Thread-safe; owns the thread.
 */
final class GoogleTokens implements HttpRequestInitializer, AutoCloseable {

    private static final int UNAUTHORIZED = 401;
    private static final String SCOPE = "https://www.googleapis.com/auth/bigquery";

    private final Credentials credentials;
    private final Deadlines deadlines;
    private final ExecutorService fetcher =
            Executors.newSingleThreadExecutor(DaemonThreads.named("bigquery-credentials"));

    GoogleTokens(Credentials credentials, Deadlines deadlines) {
        this.credentials = credentials;
        this.deadlines = deadlines;
    }

    /** @throws NoCredentials if there are no application-default credentials */
    static GoogleTokens ofTheEnvironment(PooledTransport transport, Deadlines deadlines) {
        try {
            Credentials credentials = new CurrentDeadline(deadlines.start(Tier.AUTH))
                    .during(() -> GoogleCredentials.getApplicationDefault(transport::transport)
                            .createScoped(SCOPE));
            return new GoogleTokens(credentials, deadlines);
        } catch (IOException e) {
            throw new NoCredentials(e);
        }
    }

    @Override
    public void initialize(HttpRequest request) throws IOException {
        authorize(request, CurrentDeadline.required().deadline());
        request.setUnsuccessfulResponseHandler(this::renew);
        request.setNumberOfRetries(1);
    }

    private void authorize(HttpRequest request, Deadline deadline) throws IOException {
        var answer = new CompletableFuture<Map<String, List<String>>>();
        credentials.getRequestMetadata(request.getUrl().toURI(), this::fetch, new RequestMetadataCallback() {
            @Override
            public void onSuccess(Map<String, List<String>> metadata) {
                answer.complete(metadata);
            }

            @Override
            public void onFailure(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        });
        within(deadline, answer).forEach((name, values) -> request.getHeaders().put(name, new ArrayList<>(values)));
    }

    private boolean renew(HttpRequest request, HttpResponse response, boolean repeatable) throws IOException {
        if (response.getStatusCode() != UNAUTHORIZED || !repeatable) {
            return false;
        }
        Deadline deadline = CurrentDeadline.required().deadline();
        List<String> refused = request.getHeaders().getAuthorizationAsList();
        var renewed = new CompletableFuture<Boolean>();
        fetch(() -> {
            try {
                renewed.complete(renewIfStill(refused, request.getUrl().toURI()));
            } catch (IOException e) {
                renewed.completeExceptionally(e);
            }
        });
        within(deadline, renewed);
        authorize(request, deadline);
        return true;
    }

    /** On the fetcher's thread only, so that of many callers with one stale token the first renews it. */
    private boolean renewIfStill(List<String> refused, URI uri) throws IOException {
        boolean still = refused.equals(credentials.getRequestMetadata(uri).get("Authorization"));
        if (still) {
            credentials.refresh();
        }
        return still;
    }

    private static <T> T within(Deadline deadline, CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no token came in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waited for a token");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException("no token came", e);
        }
    }

    private void fetch(Runnable work) {
        fetcher.execute(() -> {
            try {
                new CurrentDeadline(deadlines.start(Tier.AUTH)).during(() -> {
                    work.run();
                    return true;
                });
            } catch (IOException e) {
                // the work hands its own failures to who asked for it
            }
        });
    }

    @Override
    public void close() {
        fetcher.shutdownNow();
    }
}
