package dev.sluice.local;

import org.jspecify.annotations.Nullable;

/** There is one project; what names another is not here. */
final class Projects {

    private Projects() {}

    /** @param named null where a resource leaves it out */
    static void require(String ours, @Nullable String named) {
        if (named != null && !named.equals(ours)) {
            throw ApiError.notFound("Project " + named);
        }
    }
}
