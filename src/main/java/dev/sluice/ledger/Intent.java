package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One attempt of an effect, as the ledger has it.
 *
 * @param destination the table that it changes
 * @param receipt there if and only if it is DONE
 */
public record Intent(
        EffectKey key,
        int attempt,
        IntentState state,
        String kind,
        String destination,
        @Nullable EffectReceipt receipt) {

    public String bigQueryJobId() {
        return key.bigQueryJobId(attempt);
    }
}
