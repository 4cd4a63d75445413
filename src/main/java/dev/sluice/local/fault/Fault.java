package dev.sluice.local.fault;

import java.time.Duration;

/** What goes wrong with one call. */
public sealed interface Fault {

    /** The connection ends before anything is done. */
    record Reset() implements Fault {}

    /** Nothing happens for so long; then the call is answered. */
    record Stall(Duration length) implements Fault {}

    /** The call is answered byte by byte. */
    record Trickle(Duration pause) implements Fault {}

    /** The call is answered with an error, and nothing is done. */
    record Status(int status, String reason) implements Fault {}

    /** The call has its effect; then the connection ends without an answer. */
    record LostReply() implements Fault {}
}
