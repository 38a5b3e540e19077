package bulwark.base;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.DoubleSupplier;

/// Where a process counts and times; names start with `bulwark.`. Tags are name and value in turn and come from small,
/// fixed sets: never from what a user or a cluster sends.
public final class Metrics {
    private final MeterRegistry registry;

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// For tools and tests: counted, but shown nowhere.
    public static Metrics unseen() {
        return new Metrics(new SimpleMeterRegistry());
    }

    /// What only grows.
    public Counter counter(String name, String... tags) {
        return registry.counter(name, tags);
    }

    /// How often something was done, and how long it took.
    public Timer timer(String name, String... tags) {
        return registry.timer(name, tags);
    }

    /// What goes up and down, read whenever somebody looks.
    public void gauge(String name, DoubleSupplier value, String... tags) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /// The registry itself, for libraries that count by themselves.
    public MeterRegistry registry() {
        return registry;
    }
}
