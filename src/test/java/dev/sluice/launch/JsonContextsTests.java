package dev.sluice.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonContextsTests {

    private final JsonContexts contexts = new JsonContexts();

    @Test
    void givesBackWhatItKept() throws IOException {
        Map<String, Object> context =
                Map.of("text", "a=b, \"ü\" 漢字\n", "long", 12L, "longest", Long.MIN_VALUE, "int", 7, "truth", true);

        assertThat(contexts.deserialize(new ByteArrayInputStream(written(context))))
                .isEqualTo(context);
        assertThat(contexts.deserialize(new ByteArrayInputStream(written(Map.of()))))
                .isEmpty();
    }

    @Test
    void refusesToKeepObjectsAndSaysWhich() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> written(new HashMap<>(Map.of("position", List.of(1)))))
                .withMessageContaining("'position'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==",
                "{\"@class\":\"java.net.URL\",\"x\":[\"java.net.URL\",\"http://example.com\"]}",
                "{\"x\":{\"@class\":\"java.util.HashMap\"}}",
                "{\"x\":1.5}",
                "{\"x\":123456789012345678901234567890}"
            })
    void readsNothingThatItDidNotWrite(String stored) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () -> contexts.deserialize(new ByteArrayInputStream(stored.getBytes(StandardCharsets.UTF_8))));
    }

    private byte[] written(Map<String, Object> context) throws IOException {
        var out = new ByteArrayOutputStream();
        contexts.serialize(context, out);
        return out.toByteArray();
    }
}
