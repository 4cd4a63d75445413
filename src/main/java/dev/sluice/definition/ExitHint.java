package dev.sluice.definition;

/** An exception that knows the exit code of the run that it ends; 1 for all others. */
public interface ExitHint {

    int exitCode();
}
