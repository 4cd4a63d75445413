package dev.sluice.item;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The raw rows that a run set aside, one per line, in source order; readable by its owner only. A unit that is read
 * again after a crash overwrites what it had appended.
 */
public final class RejectFile {

    private final Path path;

    public RejectFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /**
     * Writes rows at a position and cuts off whatever stood behind.
     *
     * @param position where the rows of earlier, committed units end
     * @return where these rows end, on disk
     */
    public long write(long position, List<RejectedRow> rows) {
        if (rows.isEmpty()) {
            return position;
        }
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createDirectories(path.getParent());
            var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try (FileChannel file = FileChannel.open(path, options, permissions)) {
                file.truncate(position).position(position);
                for (RejectedRow row : rows) {
                    file.write(new ByteBuffer[] {ByteBuffer.wrap(row.raw()), ByteBuffer.wrap(new byte[] {'\n'})});
                }
                file.force(false);
                return file.position();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write reject file " + path + ": " + e.getMessage(), e);
        }
    }
}
