package dev.sluice.item;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * The raw rows that a run set aside, one per line, in source order; readable by its owner only. Rows that were too long to
 * be held are not there. A unit that is read again after a crash overwrites what it had appended.
 */
public final class RejectFile {

    private final Path path;

    public RejectFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** Cuts off what units wrote whose commit was lost. */
    public void cut(long position) {
        try {
            if (position == 0) {
                Files.deleteIfExists(path);
                return;
            }
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.truncate(position);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("cannot write reject file " + path + ": " + e.getMessage(), e);
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
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
        try {
            Files.createDirectories(path.getParent(), only("rwx------"));
            var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try (FileChannel file = FileChannel.open(path, options, only("rw-------"))) {
                file.truncate(position).position(position);
                for (RejectedRow row : rows) {
                    append(file, row.raw());
                }
                file.force(false);
                return file.position();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Of a row that was too long to be held there is nothing. */
    private static void append(FileChannel file, byte[] row) throws IOException {
        ByteBuffer[] line = {ByteBuffer.wrap(row), ByteBuffer.wrap(new byte[] {'\n'})};
        while (row.length > 0 && line[1].hasRemaining()) {
            file.write(line);
        }
    }
}
