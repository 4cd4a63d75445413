package dev.sluice.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where datasets are, remembered until one is made or removed, since every job asks for those that it names. Thread-safe.
 */
final class DatasetPlaces {

    private static final int MOST = 1000;

    /** By dataset; empty for names that no dataset has. */
    private final Map<String, String> known = new HashMap<>();

    private long changes;

    /** Those of the names that datasets have, of now. */
    Map<String, String> of(Store store, Set<String> names) {
        Set<String> missing = new LinkedHashSet<>(names);
        Map<String, String> places = new HashMap<>();
        long before = take(places, missing);
        if (!missing.isEmpty()) {
            // begins after the changes were counted, so that it sees them all
            Map<String, String> found = store.read(connection -> read(connection, missing));
            missing.forEach(name -> found.putIfAbsent(name, ""));
            remember(found, before);
            places.putAll(found);
        }
        places.values().removeIf(String::isEmpty);
        return places;
    }

    /** Those of the names that datasets have, in a transaction that may have begun before. */
    Map<String, String> of(Connection connection, Set<String> names) throws SQLException {
        Set<String> missing = new LinkedHashSet<>(names);
        Map<String, String> places = new HashMap<>();
        take(places, missing);
        if (!missing.isEmpty()) {
            places.putAll(read(connection, missing));
        }
        places.values().removeIf(String::isEmpty);
        return places;
    }

    private synchronized long take(Map<String, String> places, Set<String> missing) {
        missing.removeIf(name -> {
            String place = known.get(name);
            if (place != null) {
                places.put(name, place);
            }
            return place != null;
        });
        return changes;
    }

    private synchronized void remember(Map<String, String> found, long before) {
        if (changes == before) {
            if (known.size() > MOST) {
                known.clear();
            }
            known.putAll(found);
        }
    }

    /** When a change is committed. */
    synchronized void changed() {
        changes++;
        known.clear();
    }

    private static Map<String, String> read(Connection connection, Set<String> names) throws SQLException {
        Map<String, String> places = new HashMap<>();
        for (String text : Store.texts(
                connection,
                "SELECT name || ' ' || json_extract_string(resource, '$.location') FROM meta.datasets"
                        + " WHERE contains(?, ' ' || name || ' ')",
                " " + String.join(" ", names) + " ")) {
            String[] parts = text.split(" ", 2);
            places.put(parts[0], parts[1]);
        }
        return places;
    }
}
