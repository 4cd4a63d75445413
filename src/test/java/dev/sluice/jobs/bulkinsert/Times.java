package dev.sluice.jobs.bulkinsert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each contender took, round by round. */
final class Times {

    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    void add(String name, double time) {
        seconds.computeIfAbsent(name, any -> new ArrayList<>()).add(time);
    }

    int rounds() {
        return seconds.values().iterator().next().size();
    }

    double median(String name) {
        return median(seconds.get(name));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Median and spread; NaN if not every row was delivered. */
    String seconds(String name) {
        List<Double> sorted = seconds.get(name).stream().sorted().toList();
        return "%.2f (%.2f-%.2f)".formatted(median(name), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** How many times as long as Sluice it took: the median over rounds, since neighbours share the machine's moods. */
    String ratio(String name) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds(); round++) {
            ratios.add(seconds.get(name).get(round) / seconds.get("sluice").get(round));
        }
        return "%.2f".formatted(median(ratios));
    }
}
