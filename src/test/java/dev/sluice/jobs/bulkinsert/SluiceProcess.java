package dev.sluice.jobs.bulkinsert;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** One bulk insert in a process of its own, which tells how much memory it took. */
final class SluiceProcess {

    private static final int CURVE_POINTS = 10;

    private final List<Long> usedAfterCollection = Collections.synchronizedList(new ArrayList<>());

    private SluiceProcess() {}

    /** Arguments: folder of home and repository, sink, source, batch, wire. */
    public static void main(String[] arguments) throws IOException {
        var process = new SluiceProcess();
        process.watchCollections();
        try (var job = SluiceJob.start(Path.of(arguments[0]), arguments[1])) {
            job.load(Path.of(arguments[2]), arguments[3], arguments[4]);
        }
        process.print();
    }

    private void watchCollections() {
        ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(collector -> ((NotificationEmitter) collector)
                        .addNotificationListener(
                                (notification, handback) ->
                                        usedAfterCollection.add(used(GarbageCollectionNotificationInfo.from(
                                                (CompositeData) notification.getUserData()))),
                                null,
                                null));
    }

    private static long used(GarbageCollectionNotificationInfo collection) {
        return collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> pool.getKey().matches(".*(Eden|Survivor|Tenured|Old).*"))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    private void print() throws IOException {
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> collector.getCollectionTime())
                .sum();
        long up = ManagementFactory.getRuntimeMXBean().getUptime();
        String rss = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.replaceAll("\\D+", ""))
                .findFirst()
                .orElse("0");
        System.out.printf(
                "up %.1f s, collecting %.1f %% of it, peak RSS %d MB, heap after collections, peak of each tenth, MB: %s%n",
                up / 1e3, 100.0 * collecting / up, Long.parseLong(rss) >> 10, curve());
    }

    /** Memory that grew with the source would show as rising numbers. */
    private List<Long> curve() {
        List<Long> all = List.copyOf(usedAfterCollection);
        List<Long> peaks = new ArrayList<>();
        for (int i = 0; i < CURVE_POINTS; i++) {
            all.subList(all.size() * i / CURVE_POINTS, all.size() * (i + 1) / CURVE_POINTS).stream()
                    .max(Long::compare)
                    .ifPresent(peak -> peaks.add(peak >> 20));
        }
        return peaks;
    }
}
