package dev.sluice.item.source;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which files a source names: one, those of a folder, or those that a glob matches; in the order of their names. */
public final class SourceFiles {

    private static final int MOST_FILES = 10_000;
    private static final String GLOB_CHARACTERS = "*?[{";
    private static final Comparator<Path> BY_NAME = Comparator.comparing(Path::toString);

    private SourceFiles() {}

    /**
     * Looks at names only.
     *
     * @param source an absolute path, or one whose names may contain a glob's {@code * ** ? [ ] { }}
     * @param problems receives everything that keeps the source from being read, in words for people
     * @return empty if there is a problem
     */
    public static List<SourceFile> find(String source, List<String> problems) {
        int before = problems.size();
        List<SourceFile> files = List.of();
        try {
            files = paths(source, problems).stream().map(SourceFile::of).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            problems.add("source %s cannot be listed: %s".formatted(source, e.getMessage()));
        }
        for (SourceFile file : files) {
            check(file.path(), problems);
        }
        return problems.size() > before ? List.of() : files;
    }

    private static List<Path> paths(String source, List<String> problems) throws IOException {
        Path path = Path.of(source);
        if (Files.isDirectory(path)) {
            return inFolder(path, problems);
        }
        if (Files.exists(path) || globStart(source) < 0) {
            return List.of(path);
        }
        return matching(source, problems);
    }

    /** Names that begin with a dot or an underscore are not data, by old custom. */
    private static List<Path> inFolder(Path folder, List<String> problems) throws IOException {
        List<Path> entries;
        try (Stream<Path> all = Files.list(folder)) {
            entries = limited(all.filter(SourceFiles::isData), problems, folder.toString());
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                problems.add("source %s contains folders, for example %s; to read those too give source='%s'"
                        .formatted(folder, entry.getFileName(), folder.resolve("**")));
                return List.of();
            }
        }
        if (entries.isEmpty()) {
            problems.add("source %s is a folder without files".formatted(folder));
        }
        return entries;
    }

    private static boolean isData(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".") && !name.startsWith("_");
    }

    private static List<Path> matching(String glob, List<String> problems) throws IOException {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            problems.add("source %s is not a glob: %s".formatted(glob, e.getDescription()));
            return List.of();
        }
        Path folder = Path.of(glob.substring(0, glob.lastIndexOf('/', globStart(glob)) + 1));
        boolean allData = glob.startsWith("*", glob.lastIndexOf('/') + 1);
        int depth = glob.contains("**") ? Integer.MAX_VALUE : Path.of(glob).getNameCount() - folder.getNameCount();
        List<Path> files = List.of();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder, depth)) {
                files = limited(
                        all.filter(file -> matcher.matches(file) && !Files.isDirectory(file))
                                .filter(file -> !allData || isData(file)),
                        problems,
                        glob);
            }
        }
        if (files.isEmpty()) {
            problems.add("source %s matches no file".formatted(glob));
        }
        return files;
    }

    private static int globStart(String source) {
        for (int i = 0; i < source.length(); i++) {
            if (GLOB_CHARACTERS.indexOf(source.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<Path> limited(Stream<Path> files, List<String> problems, String source) {
        List<Path> found = files.limit(MOST_FILES + 1L).sorted(BY_NAME).toList();
        if (found.size() > MOST_FILES) {
            problems.add("source %s names more than %d files; load them in several runs".formatted(source, MOST_FILES));
        }
        return found;
    }

    private static void check(Path file, List<String> problems) {
        if (!Files.exists(file)) {
            problems.add("source %s does not exist".formatted(file));
        } else if (!Files.isRegularFile(file)) {
            problems.add("source %s is not a file".formatted(file));
        } else if (!Files.isReadable(file)) {
            problems.add("source %s is not readable by this user".formatted(file));
        }
    }
}
