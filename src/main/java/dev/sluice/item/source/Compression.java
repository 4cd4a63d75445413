package dev.sluice.item.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;

/** How a file is compressed, as the end of its name says. */
public enum Compression {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    /** How a file of this name has to be compressed. */
    public static Compression of(Path file) {
        String name = lowerName(file);
        return name.endsWith(GZIP.ending) ? GZIP : name.endsWith(ZSTD.ending) ? ZSTD : NONE;
    }

    /** The file's name in lower case and without the ending that stands for compression. */
    public static String plainName(Path file) {
        String name = lowerName(file);
        return name.substring(0, name.length() - of(file).ending.length());
    }

    private static String lowerName(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    InputStream inflate(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> in;
            case GZIP -> new WholeGzipStream(in);
            case ZSTD -> new WholeZstdStream(in);
        };
    }
}
