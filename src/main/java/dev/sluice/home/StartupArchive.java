package dev.sluice.home;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ObjectName;

/**
 * The classes of a program as one Java lays them out in memory (a CDS archive), which takes a third off a server's start.
 * A server makes it when it ends, if it is asked to: JDK 17 may crash over it, which is no matter for a server that was
 * started for that. It appears whole or not at all. One that Java did not take is deleted, which is seen on Linux only.
 */
final class StartupArchive {

    private static final String SUFFIX = ".jsa";
    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
    private static final List<String> QUIET = List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off");

    private final Path file;

    private StartupArchive(Path file) {
        this.file = file;
    }

    /** That of this Java and of this path to the program, since no other takes it. */
    static StartupArchive in(Path program) throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        Path modules = home.resolve("lib").resolve("modules");
        long made = Files.exists(modules) ? Files.getLastModifiedTime(modules).toMillis() : 0;
        String java = "%s %s %s %s %d"
                .formatted(
                        program,
                        home,
                        System.getProperty("java.vm.vendor"),
                        System.getProperty("java.vm.version"),
                        made);
        return new StartupArchive(program.resolve("classes-%08x".formatted(java.hashCode()) + SUFFIX));
    }

    /** Whether {@code scripts/startup-archive} has started this process. */
    static boolean isWanted() {
        return "make".equals(System.getenv("SLUICE_STARTUP_ARCHIVE"));
    }

    /**
     * The options of a java that uses it, if it is there.
     *
     * @param wanted whether that java shall be able to make it
     */
    List<String> options(boolean wanted) {
        if (Files.isReadable(file)) {
            return join(use());
        }
        // a class that is no longer there is what JDK 17 crashes over
        return wanted ? join("-XX:+RecordDynamicDumpInfo", "-XX:-ClassUnloading") : List.of();
    }

    private String use() {
        return "-XX:SharedArchiveFile=" + file;
    }

    /** Deletes it if this process was to use it and its Java refused to, so that another can be made. */
    void deleteIfRefused() throws IOException {
        if (Files.exists(MAPPED_FILES)) {
            deleteIfRefused(ManagementFactory.getRuntimeMXBean().getInputArguments(), Files.readAllLines(MAPPED_FILES));
        }
    }

    /** @param mapped a line for each file that this process has in its memory, such as the archive of Java's own classes */
    void deleteIfRefused(List<String> arguments, List<String> mapped) throws IOException {
        if (!arguments.contains(use()) || !Files.exists(file)) {
            return;
        }
        String path = file.toRealPath().toString();
        boolean takesArchives = mapped.stream().anyMatch(line -> line.contains(SUFFIX));
        if (takesArchives && mapped.stream().noneMatch(line -> line.contains(path))) {
            Files.delete(file);
        }
    }

    /** Makes it unless it is there. */
    void make(ProgramFile.Content dump) throws IOException {
        new ProgramFile(file).make(dump);
    }

    /** Of what this process has loaded; takes a second or two. */
    static void dump(Path fresh) throws IOException {
        Object[] arguments = {new String[] {"dynamic_dump", fresh.toString()}};
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmCds",
                            arguments,
                            new String[] {String[].class.getName()});
        } catch (JMException | JMRuntimeException e) {
            throw new IOException("this Java cannot: " + e.getMessage(), e);
        }
        if (!Files.exists(fresh)) {
            throw new IOException("this Java has not made it");
        }
    }

    private static List<String> join(String... options) {
        return Stream.concat(Stream.of(options), QUIET.stream()).toList();
    }
}
