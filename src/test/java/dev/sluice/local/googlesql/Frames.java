package dev.sluice.local.googlesql;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of texts, as both ends of the pipe read and write them. */
final class Frames {

    private static final int NULL = -1;

    private Frames() {}

    static void write(DataOutputStream to, List<? extends @Nullable String> texts) throws IOException {
        to.writeInt(texts.size());
        for (@Nullable String text : texts) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            to.writeInt(text == null ? NULL : bytes.length);
            to.write(bytes);
        }
        to.flush();
    }

    /** @throws java.io.EOFException if the other end has gone */
    static List<@Nullable String> read(DataInputStream from) throws IOException {
        int size = from.readInt();
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int length = from.readInt();
            texts.add(length == NULL ? null : new String(from.readNBytes(length), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
