package dev.sluice.cli;

/** @param verdict ok, warn or fail */
record Finding(String verdict, String subject, String message) {

    static Finding ok(String subject, String message) {
        return new Finding("ok", subject, message);
    }

    static Finding warn(String subject, String message) {
        return new Finding("warn", subject, message);
    }

    static Finding fail(String subject, String message) {
        return new Finding("fail", subject, message);
    }
}
