package dev.sluice.bigquery;

import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Fence;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.Intents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A ledger that lasts as long as the test. */
final class IntentsInMemory implements Intents {

    private final List<Intent> intents = new CopyOnWriteArrayList<>();

    @Override
    public Optional<Intent> find(EffectKey key) {
        return intents.stream().filter(intent -> intent.key().equals(key)).reduce((first, second) -> second);
    }

    @Override
    public Intent declare(EffectKey key, int attempt, long runId, String kind, String destination) {
        var intent = new Intent(key, attempt, IntentState.INTENT, kind, destination, null);
        intents.add(intent);
        return intent;
    }

    @Override
    public void done(Intent intent, EffectReceipt receipt, long run) {
        settle(intent, IntentState.DONE, receipt);
    }

    @Override
    public void failed(Intent intent, String reason, long run) {
        settle(intent, IntentState.FAILED, null);
    }

    @Override
    public void done(Intent intent, EffectReceipt receipt, Fence owner) {
        settle(intent, IntentState.DONE, receipt);
    }

    @Override
    public void failed(Intent intent, String reason, Fence owner) {
        settle(intent, IntentState.FAILED, null);
    }

    private void settle(Intent intent, IntentState state, @Nullable EffectReceipt receipt) {
        intents.set(
                intents.indexOf(intent),
                new Intent(intent.key(), intent.attempt(), state, intent.kind(), intent.destination(), receipt));
    }

    @Override
    public List<Intent> of(InstanceKey instance, String step) {
        return intents.stream()
                .filter(intent -> intent.key().instance().equals(instance)
                        && intent.key().step().equals(step))
                .toList();
    }

    @Override
    public List<Intent> latest(InstanceKey instance) {
        return intents.stream()
                .filter(intent -> intent.key().instance().equals(instance)
                        && find(intent.key()).filter(intent::equals).isPresent())
                .toList();
    }

    /** As a repository that was restored from before. */
    void forget() {
        intents.clear();
    }

    /** States of all attempts, oldest first. */
    List<IntentState> states() {
        return intents.stream().map(Intent::state).toList();
    }
}
