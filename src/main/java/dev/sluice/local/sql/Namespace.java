package dev.sluice.local.sql;

import java.util.List;
import java.util.Set;

/**
 * What tables a statement means by names that have no dataset.
 *
 * @param dataset of those that are not temporary; empty if their names must have one
 * @param temporary the dataset of what the script has made for itself, which it may call {@code _SESSION}; empty outside of
 *     scripts
 * @param temporaries what is there, and hides tables of the other dataset
 */
public record Namespace(String dataset, String temporary, Set<String> temporaries) {

    private static final String SESSION = "_SESSION";

    /** Of what sees no script. */
    public static Namespace of(String dataset) {
        return new Namespace(dataset, "", Set.of());
    }

    /** The table that a path means which has this form: its dataset's name, or none. */
    List<String> qualified(List<String> path) {
        String table = path.get(path.size() - 1);
        boolean ofScript = path.size() == 1 ? temporaries.contains(table) : isSession(path);
        if (ofScript && !temporary.isEmpty()) {
            return List.of(temporary, table);
        }
        return path.size() == 1 && !dataset.isEmpty() ? List.of(dataset, table) : path;
    }

    private static boolean isSession(List<String> path) {
        return path.size() == 2 && path.get(0).equalsIgnoreCase(SESSION);
    }
}
