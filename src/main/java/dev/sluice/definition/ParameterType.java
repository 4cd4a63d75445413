package dev.sluice.definition;

/** What a job parameter's text must look like. */
public enum ParameterType {
    STRING,
    /** A whole number that fits a long. */
    INTEGER,
    BOOLEAN,
    /** ISO-8601 date. */
    DATE,
    /** ISO-8601 date and time in UTC, to the second; not for job files, which get it with a schedule. */
    INSTANT,
    /** A number with a unit, for example {@code 8MB}. */
    SIZE,
    /** A number of days, hours, minutes or seconds, for example {@code 30d}. */
    DURATION,
    /** A file or folder; made absolute against the working directory of the command. */
    PATH,
    /** An organization's slug: lower-case letters, digits, underscore; 3 to 50; starts with a letter. */
    ORG,
    /** One of the values that the job file lists. */
    CHOICE
}
