package bulwark.sensor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.wire.v1.BucketsDiffer;
import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.SensorInventory;
import bulwark.wire.v1.SyncStart;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InventorySyncTest {
    private final Inventory inventory = new Inventory();
    private final AtomicReference<Set<String>> unread = new AtomicReference<>(Set.of());
    private final List<SensorInventory> sent = new ArrayList<>();
    private final InventorySync sync =
            new InventorySync(inventory, InventoryLimits.DEFAULT, unread::get, sent::add, () -> {}, System::nanoTime);

    private void put(ObjectType type, String kind) {
        inventory.put(
                new ObjectKey(type, kind, "shop", "web"), new Inventory.Document(ByteString.copyFromUtf8("{}"), 7));
    }

    private List<SyncStart> starts() {
        return sent.stream()
                .filter(SensorInventory::hasSyncStart)
                .map(SensorInventory::getSyncStart)
                .toList();
    }

    /// Central says that it has everything already.
    private void agree() {
        sync.received(CentralInventory.newBuilder()
                .setBucketsDiffer(BucketsDiffer.newBuilder()
                        .setGeneration(starts().getLast().getGeneration()))
                .build());
        sync.pump();
    }

    @Test
    void beginsAnewWhenAPermissionComesOrGoes() {
        put(ObjectType.WORKLOAD, "Deployment");
        put(ObjectType.SERVICE, "Service");
        sync.start();
        agree();
        sync.pump();
        assertThat(starts()).hasSize(1);

        unread.set(Set.of("Deployment"));
        sync.pump();
        agree();

        assertThat(starts()).hasSize(2);
        assertThat(starts().getLast().getUnreadKindsList()).containsExactly("Deployment");
        assertThat(starts().getLast().getBucketHashesList())
                .as("what may not be read is in no bucket, though it was read before")
                .isNotEqualTo(starts().getFirst().getBucketHashesList());

        unread.set(Set.of());
        sync.pump();
        agree();

        assertThat(starts()).hasSize(3);
        assertThat(starts().getLast().getUnreadKindsList()).isEmpty();
        assertThat(starts().getLast().getBucketHashesList())
                .isEqualTo(starts().getFirst().getBucketHashesList());
    }
}
