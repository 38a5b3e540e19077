package bulwark.sensor.inventory;

import bulwark.base.Metrics;
import io.micrometer.core.instrument.Counter;
import java.util.Map;

/// What is counted while objects are taken in; Central is told of it in the health of this Sensor.
public final class InventoryCounters {
    private final Counter taken;
    private final Counter malformed;
    private final Counter incomplete;
    private final Counter outdated;
    private final Counter ownerUnknown;

    public InventoryCounters(Metrics metrics) {
        this.taken = metrics.counter("bulwark.sensor.objects.taken");
        this.malformed = metrics.counter("bulwark.sensor.objects.malformed");
        this.incomplete = metrics.counter("bulwark.sensor.objects.incomplete");
        this.outdated = metrics.counter("bulwark.sensor.objects.outdated");
        this.ownerUnknown = metrics.counter("bulwark.sensor.pods.owner_unknown");
    }

    void countTaken() {
        taken.increment();
    }

    void countMalformed() {
        malformed.increment();
    }

    void countIncomplete() {
        incomplete.increment();
    }

    void countOutdated() {
        outdated.increment();
    }

    void countOwnerUnknown() {
        ownerUnknown.increment();
    }

    /// By the names that the health message uses.
    public Map<String, Long> values() {
        return Map.of(
                "objects_taken", (long) taken.count(),
                "objects_malformed", (long) malformed.count(),
                "objects_incomplete", (long) incomplete.count(),
                "events_outdated", (long) outdated.count(),
                "pods_owner_unknown", (long) ownerUnknown.count());
    }
}
