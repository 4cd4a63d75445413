package dev.sluice.bigquery;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Reads an error's body before Google's client does, because that prints a stack trace to the terminal when the body
 * breaks off or is not the JSON that it claims to be.
 */
final class ErrorBody {

    private static final int MAX_BYTES = 1 << 20;

    private ErrorBody() {}

    /** Replaces the body by what could be read of it, named JSON only if it is. */
    static void read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return;
        }
        byte[] bytes;
        try (InputStream raw = entity.getContent();
                InputStream in = "gzip".equals(entity.getContentEncoding()) ? new GZIPInputStream(raw) : raw) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        response.setEntity(
                new ByteArrayEntity(bytes, isJson(bytes) ? ContentType.APPLICATION_JSON : ContentType.TEXT_PLAIN));
    }

    private static boolean isJson(byte[] bytes) {
        try {
            GsonFactory.getDefaultInstance()
                    .createJsonObjectParser()
                    .parseAndClose(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8, GenericJson.class);
            return true;
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }
}
