package dev.sluice.home;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a home server comes to its process: a java of its own on this class path, or this one. */
public final class ServerProcess {

    /** The system property that is true in the process of a home server. */
    public static final String PROPERTY = "sluice.home.server";

    private static final String MAIN = "dev.sluice.local.HomeServer";

    /** A session of its own: neither Ctrl-C nor the death of the terminal or of the caller reaches it. */
    private static final String DETACH =
            "umask 077; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; "
                    + "trap '' INT HUP; exec \"$@\"";

    private static final List<String> MODEST = List.of("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto");

    /** What is read once, when the server or its log begins. */
    private static final Map<String, String> PROPERTIES =
            Map.of("sun.net.httpserver.nodelay", "true", PROPERTY, "true");

    /** C2 compiles what a long load uses, not what the start does: that costs a quarter of the start's processor time. */
    private static final List<String> LATE_C2 = List.of(
            "-XX:Tier4InvocationThreshold=50000",
            "-XX:Tier4MinInvocationThreshold=20000",
            "-XX:Tier4CompileThreshold=100000",
            "-XX:Tier4BackEdgeThreshold=400000");

    /**
     * C1 waits for what runs ten times as often as it would, which halves its share of a start: for a server that serves a
     * command or two, but not for one that stays, whose calls it makes slower for the first thousand.
     */
    private static final List<String> LATE_C1 = List.of(
            "-XX:Tier3InvocationThreshold=2000",
            "-XX:Tier3MinInvocationThreshold=1000",
            "-XX:Tier3CompileThreshold=4000",
            "-XX:Tier3BackEdgeThreshold=120000");

    private static final List<String> QUIET_NATIVE =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    private static final int FIRST_QUIET_NATIVE = 24;

    private final List<String> options;

    /** @param options further options of the java command, such as {@code -Dname=value} */
    public ServerProcess(List<String> options) {
        this.options = List.copyOf(options);
    }

    /** Those of a java that can become a server for that folder; its class path is among them. */
    public static List<String> javaOptions(HomeFolder folder) throws IOException {
        List<String> words = new ArrayList<>(MODEST);
        PROPERTIES.forEach((name, value) -> words.add("-D%s=%s".formatted(name, value)));
        words.addAll(LATE_C2);
        if (Runtime.version().feature() >= FIRST_QUIET_NATIVE) {
            words.addAll(QUIET_NATIVE);
        }
        words.addAll(new ServerClassPath(folder).options(System.getProperty("java.class.path")));
        return words;
    }

    /** Serves that folder in this process, and ends it. Nobody may have logged anything before. */
    public static void becomeServer(HomeFolder folder, List<String> arguments) {
        PROPERTIES.forEach(System::setProperty);
        String[] words =
                Stream.concat(mainArguments(folder), arguments.stream()).toArray(String[]::new);
        try {
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) words);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot serve %s: %s".formatted(folder.path(), e.getCause()), e);
        }
    }

    private static Stream<String> mainArguments(HomeFolder folder) {
        return Stream.of("--home", folder.path().toString());
    }

    /** The command line of a server for that folder that ends when nobody needs it. */
    public List<String> command(HomeFolder folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions(folder));
        command.addAll(LATE_C1);
        command.addAll(options);
        command.add(MAIN);
        command.addAll(mainArguments(folder).toList());
        return command;
    }

    Process spawn(HomeFolder folder) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            command.addAll(List.of("/bin/sh", "-c", DETACH, "sluice-home-server"));
        }
        command.addAll(command(folder));
        Path log = ownerOnly(folder.serverLog());
        return new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectInput(Redirect.from(new File(File.separatorChar == '/' ? "/dev/null" : "NUL")))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
    }

    private static Path ownerOnly(Path log) throws IOException {
        try {
            Files.createFile(log);
            HomeFolder.restrict(log, "rw-------");
        } catch (FileAlreadyExistsException e) {
            return log;
        }
        return log;
    }
}
