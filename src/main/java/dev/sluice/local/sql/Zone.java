package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** A time zone: a literal, or what names one row by row. */
final class Zone {

    private final Token at;
    private final @Nullable String literal;
    private final Typed named;

    private Zone(Token at, @Nullable String literal, Typed named) {
        this.at = at;
        this.literal = literal;
        this.named = named;
    }

    static Zone utc(Token at) {
        return new Zone(at, Zones.UTC, Typed.text(Zones.UTC));
    }

    /** @param value of the expression, as which the zone is written */
    static Zone of(Expression expression, Typed value) {
        Token at = expression.at();
        return new Zone(at, value.text(), Coercions.to(Type.STRING, value, at.word("TIME ZONE")));
    }

    boolean isUtc() {
        return Zones.UTC.equals(literal);
    }

    /** The DATETIME that its clocks show. */
    Typed local(Typed timestamp) {
        return literal != null
                ? Typed.total(Type.DATETIME, Zones.local(literal, at), timestamp)
                : Typed.of(Type.DATETIME, "make_timestamp(bq_local(%s, epoch_us(%s)))", named, timestamp);
    }

    /** The TIMESTAMP at which its clocks show a DATETIME. */
    Typed instant(Typed datetime) {
        return literal != null
                ? datetime.as(Type.TIMESTAMP, Zones.instant(literal, at))
                : Typed.of(Type.TIMESTAMP, "make_timestamptz(bq_instant(%s, epoch_us(%s)))", named, datetime);
    }

    /** What Java calls it, as a text. */
    Typed javaName() {
        return literal != null ? Typed.text(Zones.javaName(literal, at)) : named.as(Type.STRING, "bq_zone(%s)");
    }
}
