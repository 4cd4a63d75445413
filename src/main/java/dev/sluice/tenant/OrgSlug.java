package dev.sluice.tenant;

import java.util.regex.Pattern;

/**
 * The name of one tenant, valid by construction: 3 to 50 lower-case letters, digits and underscores, a letter first.
 * It is part of dataset names, so nothing else may ever get in. Immutable.
 */
public record OrgSlug(String value) {

    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{2,49}");

    /** @throws IllegalArgumentException with a message for people, which does not repeat the value */
    public OrgSlug {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("cannot use this organization: a slug has 3 to 50 characters;"
                    + " use lower-case letters, digits and underscores, with a letter first");
        }
    }

    /** @throws IllegalArgumentException as the constructor; surrounding blanks are not forgiven */
    public static OrgSlug parse(String text) {
        return new OrgSlug(text);
    }

    /** The slug itself, as it stands in rows and dataset names. */
    @Override
    public String toString() {
        return value;
    }
}
