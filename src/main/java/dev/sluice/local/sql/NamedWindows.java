package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Window;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Windows that have a name. */
final class NamedWindows {

    private NamedWindows() {}

    /** @param named by lower-case name */
    static Window extended(Window window, Map<String, Window> named) {
        Token name = window.base();
        if (name == null) {
            return window;
        }
        @Nullable Window base = named.get(Scope.key(name.value()));
        if (base == null) {
            throw new SqlRefused(
                    "invalidQuery", "Unrecognized window alias %s at %s".formatted(name.value(), name.place()));
        }
        if (!window.at().is("(")) {
            return base;
        }
        refuseIf(!window.partition().isEmpty(), "has a PARTITION BY, it cannot reference a named window", window);
        refuseIf(
                !window.order().isEmpty() && !base.order().isEmpty(),
                "inherits an ORDER BY from its referenced window, it cannot have an inline ORDER BY",
                window);
        refuseIf(
                base.frame() != null && (!window.order().isEmpty() || window.frame() != null),
                "has an inline ORDER BY or window frame clause, it cannot reference another window that contains or"
                        + " inherits a window frame clause",
                window);
        return new Window(
                window.at(),
                null,
                base.partition(),
                window.order().isEmpty() ? base.order() : window.order(),
                window.frame() == null ? base.frame() : window.frame());
    }

    private static void refuseIf(boolean wrong, String why, Window window) {
        if (wrong) {
            throw new SqlRefused(
                    "invalidQuery",
                    "If a window %s at %s".formatted(why, window.at().place()));
        }
    }
}
