package bulwark.central.inventory;

import bulwark.base.Metrics;
import bulwark.central.sensor.SensorConnections;
import bulwark.central.sensor.SensorStream;
import bulwark.wire.Documents;
import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.InventoryGrpc;
import bulwark.wire.v1.SensorInventory;
import io.grpc.stub.StreamObserver;

/// The Inventory service: keeps what is stored of a cluster equal to what its Sensor sees.
public final class InventoryService extends InventoryGrpc.InventoryImplBase {
    private final InventoryKeeper keeper;
    private final SensorConnections connections;
    private final BatchReader reader;

    public InventoryService(
            InventoryKeeper keeper, SensorConnections connections, Documents documents, Metrics metrics) {
        this.keeper = keeper;
        this.connections = connections;
        this.reader = new BatchReader(documents, metrics);
    }

    @Override
    public StreamObserver<SensorInventory> sync(StreamObserver<CentralInventory> responses) {
        return SensorStream.<SensorInventory, CentralInventory>open(
                "inventory", responses, stream -> new InventoryStream(stream, keeper, connections, reader));
    }
}
