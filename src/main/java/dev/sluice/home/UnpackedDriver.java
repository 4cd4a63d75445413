package dev.sluice.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * DuckDB's driver with its native library beside its jar instead of inside: there it finds it, too, and need not unpack
 * 70 MB into the temporary folder at each start.
 */
final class UnpackedDriver {

    private static final String JAR = "duckdb_jdbc-";
    private static final String LIBRARY = "libduckdb_java.so_";

    private UnpackedDriver() {}

    /** False if the jar is another one, or has no library of this platform; then nothing has been copied. */
    static boolean copy(Path jar, Path folder) throws IOException {
        if (!jar.getFileName().toString().startsWith(JAR)) {
            return false;
        }
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry library = zip.getEntry(LIBRARY + platform());
            if (library == null) {
                return false;
            }
            try (InputStream in = zip.getInputStream(library)) {
                Files.copy(in, folder.resolve(library.getName()));
            }
            HomeFolder.restrict(folder.resolve(library.getName()), "rwx------");
            ServerPrograms.toDisk(folder.resolve(library.getName()));
            copyRest(zip, folder.resolve(jar.getFileName()));
            return true;
        }
    }

    private static void copyRest(ZipFile zip, Path target) throws IOException {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        try (OutputStream file = Files.newOutputStream(target);
                var out = new ZipOutputStream(file)) {
            for (ZipEntry entry : entries) {
                if (!entry.getName().startsWith(LIBRARY)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream in = zip.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
            }
        }
        HomeFolder.restrict(target, "rw-------");
        ServerPrograms.toDisk(target);
    }

    /** As the driver names it. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String name = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : system;
        return name + "_"
                + switch (machine) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> machine;
                };
    }
}
