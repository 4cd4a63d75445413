package dev.sluice.definition;

import java.util.List;

/** Job files cannot be used; the message lists every problem with its file and line. Exit code 2. */
public final class InvalidJobFiles extends RuntimeException implements ExitHint {

    private static final long serialVersionUID = 1L;

    InvalidJobFiles(List<String> problems) {
        super("cannot read the job files:\n  " + String.join("\n  ", problems));
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
