package dev.sluice.launch;

import dev.sluice.ledger.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Who tells a run what to do, and why.
 *
 * @param who a person or a program, at most 200 characters
 * @param why at most 500 characters; null where the verb needs no reason
 */
public record Instruction(String who, @Nullable String why) {

    static final int LONGEST_REASON = 500;

    /** Of whoever runs this process. */
    public static Instruction ofThisUser(@Nullable String why) {
        return new Instruction(
                System.getProperty("user.name", "unknown") + "@"
                        + Owner.current().host(),
                why);
    }
}
