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

    /** The call arrives twice, and what is answered is the answer to the second time. */
    record Duplicate() implements Fault {}

    /** The connection ends, and for so long nobody can connect; open connections end, too. */
    record Refuse(Duration length) implements Fault {}

    /** From this call on the server's clock is ahead by so much more. */
    record ClockAhead(Duration more) implements Fault {}

    /** A job runs for so long; then it fails, and nothing is done. */
    record FailLate(Duration length, String reason) implements Fault {}
}
