package bulwark.sensor.health;

import bulwark.sensor.connection.SensorState;
import bulwark.sensor.inventory.Inventory;
import bulwark.sensor.inventory.InventoryCounters;
import bulwark.sensor.inventory.ObjectIntake;
import bulwark.sensor.watch.WatchHealth;
import bulwark.sensor.watch.WatchedResource;
import bulwark.wire.v1.Health;
import bulwark.wire.v1.MissingPermission;
import java.util.Set;
import java.util.stream.Collectors;

/// How a Sensor is: put together from its parts, for Central and for `/healthz`.
public final class SensorHealth implements SensorState {
    private final Cluster cluster;
    private final WatchHealth watches;
    private final ObjectIntake intake;
    private final Inventory inventory;
    private final InventoryCounters counters;
    private volatile boolean ready;

    /// What does not change while Sensor runs.
    public record Cluster(String sensorVersion, String kubernetesVersion, String uid) {}

    public SensorHealth(
            Cluster cluster,
            WatchHealth watches,
            ObjectIntake intake,
            Inventory inventory,
            InventoryCounters counters) {
        this.cluster = cluster;
        this.watches = watches;
        this.intake = intake;
        this.inventory = inventory;
        this.counters = counters;
    }

    @Override
    public String version() {
        return cluster.sensorVersion();
    }

    @Override
    public String kubernetesVersion() {
        return cluster.kubernetesVersion();
    }

    @Override
    public String clusterUid() {
        return cluster.uid();
    }

    @Override
    public void awaitListed() throws InterruptedException {
        watches.awaitSettled();
        intake.awaitOwners();
    }

    /// Central has committed the whole inventory.
    public void becameReady() {
        ready = true;
    }

    /// Whether Central has had the whole inventory once.
    public boolean isReady() {
        return ready;
    }

    @Override
    public Health health() {
        var health = Health.newBuilder().setSynced(watches.isSettled()).putAllCounters(counters.values());
        for (WatchHealth.MissingPermission missing : watches.missingPermissions()) {
            health.addMissingPermissions(MissingPermission.newBuilder()
                    .setResource(rbacName(missing.resource()))
                    .setVerb(missing.verb())
                    .setReason(missing.reason()));
        }
        return health.build();
    }

    /// The kinds of objects that Sensor may not read now.
    public Set<String> unreadKinds() {
        return watches.missingPermissions().stream()
                .map(missing -> missing.resource().kind())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String rbacName(WatchedResource resource) {
        return resource.group().isEmpty() ? resource.plural() : resource.group() + "/" + resource.plural();
    }

    /// The state in lines for people.
    public String report() {
        var text = new StringBuilder();
        text.append("version ").append(version()).append('\n');
        text.append("kubernetes ").append(kubernetesVersion()).append('\n');
        text.append("ready ").append(ready).append('\n');
        text.append("objects ").append(inventory.size()).append('\n');
        text.append("waiting ").append(inventory.waiting()).append('\n');
        watches.states()
                .forEach((resource, state) -> text.append(resource.qualifiedName())
                        .append(' ')
                        .append(words(state))
                        .append('\n'));
        return text.toString();
    }

    private static String words(WatchHealth.State state) {
        return switch (state) {
            case WatchHealth.State.Listing() -> "is being listed";
            case WatchHealth.State.Following() -> "is followed";
            case WatchHealth.State.Stale(var reason) -> "is not followed now: " + reason;
            case WatchHealth.State.Failing(var reason) -> "cannot be listed: " + reason;
            case WatchHealth.State.Refused(var verb, var code, var reason) ->
                "may not be read (" + verb + ", " + code + "): " + reason;
        };
    }
}
