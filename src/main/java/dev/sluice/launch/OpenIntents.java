package dev.sluice.launch;

import dev.sluice.ledger.EffectFate;
import dev.sluice.ledger.EffectLookup;
import dev.sluice.ledger.Fence;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Intent;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.Intents;
import java.util.List;
import java.util.Optional;

/** What a run intended and nobody knows the outcome of. */
final class OpenIntents {

    private final Intents intents;
    private final Optional<EffectLookup> lookup;

    /** @param lookup empty where jobs have no effects on BigQuery */
    OpenIntents(Intents intents, Optional<EffectLookup> lookup) {
        this.intents = intents;
        this.lookup = lookup;
    }

    /**
     * Settles in the ledger what BigQuery can tell. What is running or has not arrived stays open, and its id reserved.
     *
     * @param owner of the instance's lease
     * @return a line for each, for people
     */
    List<String> resolve(InstanceKey instance, Fence owner) {
        return intents.latest(instance).stream()
                .filter(intent -> intent.state() == IntentState.INTENT)
                .map(intent -> "BigQuery job %s (%s): %s"
                        .formatted(intent.bigQueryJobId(), intent.kind(), settle(intent, owner)))
                .toList();
    }

    private String settle(Intent intent, Fence owner) {
        EffectFate fate = fate(intent);
        if (fate instanceof EffectFate.Happened happened) {
            intents.done(intent, happened.receipt(), owner);
            return "had happened; it is in the ledger now";
        }
        if (fate instanceof EffectFate.Failed failed) {
            intents.failed(intent, failed.reason(), owner);
            return "had failed; a restart sends it again";
        }
        if (fate instanceof EffectFate.Running) {
            return "is running; a restart waits for it";
        }
        return fate instanceof EffectFate.Foreign
                ? "stands for something else; a restart will refuse, look at it in the console"
                : "has not arrived; a restart sends it again under the same id";
    }

    /** Changes nothing. */
    EffectFate fate(Intent intent) {
        return lookup.map(effects -> effects.of(intent)).orElseGet(EffectFate.Absent::new);
    }

    List<Intent> of(InstanceKey instance) {
        return intents.latest(instance);
    }
}
