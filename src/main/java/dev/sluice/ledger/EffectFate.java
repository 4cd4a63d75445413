package dev.sluice.ledger;

/** What became of an effect whose outcome the ledger does not know. */
public sealed interface EffectFate {

    record Happened(EffectReceipt receipt) implements EffectFate {}

    /** @param reason BigQuery's words, without contents */
    record Failed(String reason) implements EffectFate {}

    record Running() implements EffectFate {}

    /** BigQuery does not know it. A message that is still under way may make it known yet: its id stays reserved. */
    record Absent() implements EffectFate {}

    /** The id stands for something else. */
    record Foreign() implements EffectFate {}
}
