package dev.sluice.item.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Which characters a file's bytes stand for. */
public enum Encoding {
    UTF_8,
    ISO_8859_1,
    /** As the byte order mark says; without one, big-endian. */
    UTF_16,
    UTF_16BE,
    UTF_16LE;

    /** How many bytes hold the least character. */
    int unitBytes() {
        return switch (this) {
            case UTF_8, ISO_8859_1 -> 1;
            case UTF_16, UTF_16BE, UTF_16LE -> 2;
        };
    }

    Charset charset() {
        return switch (this) {
            case UTF_8 -> StandardCharsets.UTF_8;
            case ISO_8859_1 -> StandardCharsets.ISO_8859_1;
            case UTF_16 -> StandardCharsets.UTF_16;
            case UTF_16BE -> StandardCharsets.UTF_16BE;
            case UTF_16LE -> StandardCharsets.UTF_16LE;
        };
    }
}
