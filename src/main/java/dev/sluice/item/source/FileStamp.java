package dev.sluice.item.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the file system says of a file without reading it. On Unix whoever writes to a file gives it another stamp, even if
 * size and modification time are put back, unless that happens within one tick of its clock; elsewhere those two are all there is.
 *
 * @param words not for people
 * @param written the latest that the file system says about when somebody wrote to it; on Unix nobody can put that back
 */
public record FileStamp(Path file, String words, Instant written) {

    private static final String UNIX = "unix:size,lastModifiedTime,ctime,ino";
    private static final String ELSEWHERE = "size,lastModifiedTime";

    public static FileStamp of(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        var attributes = new TreeMap<>(Files.readAttributes(file, unix ? UNIX : ELSEWHERE));
        var written = (FileTime) attributes.get(unix ? "ctime" : "lastModifiedTime");
        return new FileStamp(
                file, attributes.toString(), Objects.requireNonNull(written).toInstant());
    }
}
