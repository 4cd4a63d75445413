package dev.sluice.local.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder that stands for Cloud Storage: {@code gs://bucket/name} is {@code <folder>/bucket/name}. */
public final class GcsFolder {

    private static final Pattern URI = Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])/(.+)");

    private final Path root;

    public GcsFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** Refuses what is no name of an object, before a job is accepted. */
    public void require(List<String> uris) {
        uris.forEach(this::matcher);
    }

    private Matcher matcher(String uri) {
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw uri.startsWith("gs://")
                    ? LoadRefused.invalid("Invalid URI: " + uri)
                    : LoadRefused.unsupported("URIs that do not begin with gs://");
        }
        boolean leaves = Stream.of(matcher.group(2).split("/", -1))
                .anyMatch(part -> part.equals("..") || part.equals(".") || part.isEmpty() || part.indexOf('\0') >= 0);
        if (leaves || matcher.group(1).contains("..")) {
            throw LoadRefused.invalid("Invalid URI: " + uri);
        }
        if (matcher.group(2).chars().filter(c -> c == '*').count() > 1) {
            throw LoadRefused.invalid("Only one wildcard is allowed in a URI: " + uri);
        }
        return matcher;
    }

    /** Where an object is or will be. */
    public Path path(String uri) {
        Matcher matcher = matcher(uri);
        return root.resolve(matcher.group(1)).resolve(matcher.group(2));
    }

    /**
     * The objects that URIs name, each of which may have one wildcard, in the order of their names.
     *
     * @throws LoadRefused notFound, for a URI that names none
     */
    public List<SourceFile> files(List<String> uris) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (String uri : uris) {
            List<SourceFile> found = uri.contains("*") ? matching(uri) : one(uri);
            if (found.isEmpty()) {
                throw LoadRefused.notFound(uri);
            }
            files.addAll(found);
        }
        return files;
    }

    private List<SourceFile> one(String uri) throws IOException {
        Path path = path(uri);
        return isInside(path) ? List.of(new SourceFile(path, uri)) : List.of();
    }

    /** A link must not lead out of the folder. */
    private boolean isInside(Path path) throws IOException {
        return Files.isRegularFile(path) && path.toRealPath().startsWith(root.toRealPath());
    }

    private List<SourceFile> matching(String uri) throws IOException {
        Matcher matcher = matcher(uri);
        Path bucket = root.resolve(matcher.group(1));
        if (!Files.isDirectory(bucket)) {
            return List.of();
        }
        String[] ends = matcher.group(2).split("\\*", -1);
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(bucket, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : found.sorted().toList()) {
                String name = bucket.relativize(path).toString().replace('\\', '/');
                boolean matches = name.length() >= ends[0].length() + ends[1].length()
                        && name.startsWith(ends[0])
                        && name.endsWith(ends[1]);
                if (matches && isInside(path)) {
                    files.add(new SourceFile(path, "gs://%s/%s".formatted(matcher.group(1), name)));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }
}
