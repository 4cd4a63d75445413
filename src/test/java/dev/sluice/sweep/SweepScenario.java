package dev.sluice.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One mode's load: what is read, with bad rows of each kind among the good ones, and what comes of it.
 *
 * @param name a mode, or {@link #OBJECTS}
 * @param rejected the raw rows that are set aside, in the order of the source
 * @param receipt rows read, rejected, staged, inserted, updated, unchanged, deleted
 * @param rowsAfter how many rows the table has in the end
 */
record SweepScenario(
        String name,
        String mode,
        Map<String, String> more,
        List<String> source,
        List<String> rejected,
        List<Long> receipt,
        int rowsAfter) {

    static final Path PLANS = Path.of("jobs/bulk-insert/saas_subscription_plans.csv");
    private static final int UNITS = 4;
    private static final List<String> BROKEN = List.of("sub_broken,chatgpt", "sub_worse,chatgpt,FREE,,maybe");

    /** Merges two objects of Cloud Storage, which BigQuery reads by itself. */
    static final String OBJECTS = "objects";

    static final List<String> NAMES = List.of("append", "merge", "replace-scope", OBJECTS);

    /** What tables that are merged into hold before: 8 plans of the list, one of them dearer, a stale and a custom one. */
    private static final List<String> SEED = List.of(
            "INSERT INTO TARGET SELECT * FROM PLANS WHERE provider IN ('chatgpt', 'claude')",
            "UPDATE TARGET SET seats = 7 WHERE subscription_id = 'sub_chatgpt_plus'",
            "INSERT INTO TARGET (org_slug, subscription_id, provider, plan_name, is_custom, category, status, billing_cycle,"
                    + " currency, seats, pricing_model, auto_renew) VALUES"
                    + " ('acme_corp', 'sub_old', 'chatgpt', 'OLD', FALSE, 'ai_ml', 'active', 'monthly', 'USD', 1, 'FLAT_FEE', TRUE),"
                    + " ('acme_corp', 'sub_own', 'chatgpt', 'OWN', TRUE, 'ai_ml', 'active', 'monthly', 'USD', 1, 'FLAT_FEE', TRUE)");

    /** @param plans all of them */
    static List<String> seed(String plans) {
        return SEED.stream().map(sql -> sql.replace("PLANS", plans)).toList();
    }

    /**
     * Two objects, each with the header, or one file.
     *
     * @return what the parameter {@code source} says
     */
    String write(Path folder, Path buckets) throws IOException {
        if (!isObjects()) {
            return Files.write(folder.resolve("plans.csv"), source).toString();
        }
        Path bucket = Files.createDirectories(buckets.resolve("plans"));
        List<String> second = new ArrayList<>(source.subList(0, 1));
        second.addAll(source.subList(source.size() / 2, source.size()));
        Files.write(bucket.resolve("1.csv"), source.subList(0, source.size() / 2));
        Files.write(bucket.resolve("2.csv"), second);
        return "gs://plans/*.csv";
    }

    /** So large that several are needed. */
    String unit() {
        return bytes() / UNITS + "B";
    }

    /** A second life cuts what is left otherwise, but not a unit that was begun. */
    String otherUnit() {
        return bytes() / (UNITS - 1) + "B";
    }

    private int bytes() {
        return source.stream().mapToInt(String::length).sum();
    }

    boolean isObjects() {
        return name.equals(OBJECTS);
    }

    static SweepScenario of(String name) throws IOException {
        List<String> plans = Files.readAllLines(PLANS);
        return switch (name) {
            case "append" -> append(plans);
            case "merge" -> merge(plans);
            case OBJECTS -> merge(plans).called(OBJECTS);
            default -> replace(plans);
        };
    }

    private SweepScenario called(String other) {
        return new SweepScenario(other, mode, more, source, rejected, receipt, rowsAfter);
    }

    private static SweepScenario append(List<String> plans) {
        List<String> source = new ArrayList<>(plans);
        source.add(source.size() / 2, BROKEN.get(0));
        source.add(BROKEN.get(1));
        return new SweepScenario(
                "append", "append", Map.of(), source, BROKEN, List.of(77L, 2L, 75L, 75L, 0L, 0L, 0L), 75);
    }

    private static SweepScenario merge(List<String> plans) {
        List<String> source = new ArrayList<>(plans);
        String twice = renamed(plans.get(1), "sub_twice");
        source.add(3, twice);
        source.add(source.size() / 2, BROKEN.get(0));
        source.add(twice);
        return new SweepScenario(
                "merge",
                "merge",
                Map.of(),
                source,
                List.of(twice, BROKEN.get(0), twice),
                List.of(78L, 3L, 75L, 67L, 1L, 7L, 0L),
                77);
    }

    private static SweepScenario replace(List<String> plans) {
        List<String> source = new ArrayList<>(plans.subList(0, 1));
        source.addAll(plans.stream().filter(provider("chatgpt")).toList());
        String twice = renamed(plans.get(1), "sub_twice");
        String beyond = plans.stream().filter(provider("claude")).findFirst().orElseThrow();
        source.addAll(3, List.of(twice, beyond, BROKEN.get(0)));
        source.add(twice);
        source.add(renamed(plans.get(1), "sub_new"));
        return new SweepScenario(
                "replace-scope",
                "replace-scope",
                Map.of("scope", "provider:chatgpt"),
                source,
                List.of(twice, beyond, BROKEN.get(0), twice),
                List.of(9L, 4L, 5L, 1L, 1L, 3L, 1L),
                10);
    }

    private static Predicate<String> provider(String name) {
        return line -> line.split(",")[1].equals(name);
    }

    private static String renamed(String line, String id) {
        return id + line.substring(line.indexOf(','));
    }
}
