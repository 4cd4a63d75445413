package dev.sluice.bigquery.monitor;

import dev.sluice.bigquery.ConnectionLoad;
import dev.sluice.bigquery.GateLoad;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Shows how busy connections and gate are. */
record LoadGauges(MeterRegistry meters) {

    void show(ConnectionLoad connections) {
        gauge("pool.leased", connections, ConnectionLoad::leased);
        gauge("pool.open", connections, ConnectionLoad::open);
        gauge("pool.waiting", connections, ConnectionLoad::waiting);
    }

    void show(GateLoad gate) {
        gauge("gate.admitted", gate, GateLoad::admitted);
        gauge("gate.waiting", gate, GateLoad::waiting);
    }

    private <T> void gauge(String name, T source, ToDoubleFunction<T> value) {
        Gauge.builder("sluice.bigquery." + name, source, value)
                .strongReference(true)
                .register(meters);
    }
}
