package dev.sluice.jobs.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** What a dry run would remove, a line each, readable by its owner only. What an uncommitted block wrote is overwritten. */
record ListFile(Path path) {

    /**
     * Writes lines behind those of committed blocks.
     *
     * @param position where those end
     * @return where these end, on disk
     */
    long write(long position, List<String> lines) {
        String text = lines.stream()
                .filter(line -> !line.isEmpty())
                .map(line -> line + "\n")
                .reduce("", String::concat);
        if (text.isEmpty()) {
            return position;
        }
        try {
            Files.createDirectories(path.getParent(), only("rwx------"));
            var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try (FileChannel file = FileChannel.open(path, options, only("rw-------"))) {
                file.truncate(position).position(Math.min(position, file.size()));
                file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                file.force(false);
                return file.position();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the list of the dry run to %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static FileAttribute<?> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
