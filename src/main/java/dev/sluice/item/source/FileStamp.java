package dev.sluice.item.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * What the file system says of a file without reading it. On Unix whoever writes to a file gives it another stamp, even if
 * size and modification time are put back; elsewhere those two are all there is.
 *
 * @param words not for people
 */
public record FileStamp(Path file, String words) {

    private static final String UNIX = "unix:size,lastModifiedTime,ctime,ino";
    private static final String ELSEWHERE = "size,lastModifiedTime";

    public static FileStamp of(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return new FileStamp(file, new TreeMap<>(Files.readAttributes(file, unix ? UNIX : ELSEWHERE)).toString());
    }
}
