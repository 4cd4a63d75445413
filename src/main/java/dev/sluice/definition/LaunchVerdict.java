package dev.sluice.definition;

import java.util.List;

/** A launch check's answer; each refusal has its own exit code. Messages are for people and say what to do. */
public sealed interface LaunchVerdict {

    record Allowed() implements LaunchVerdict {}

    /** The input cannot be used: every problem found, at once. Exit code 2. */
    record Invalid(List<String> problems) implements LaunchVerdict {}

    /** The work has been done already, by this instance or another. Exit code 3. */
    record AlreadyDone(String message) implements LaunchVerdict {}

    /** Refused by quota, gate or changed source. Exit code 7. */
    record Refused(String message) implements LaunchVerdict {}
}
