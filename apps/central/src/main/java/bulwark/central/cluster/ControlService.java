package bulwark.central.cluster;

import bulwark.central.change.ChangeFeed;
import bulwark.central.sensor.SensorConnections;
import bulwark.central.sensor.SensorStream;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.SensorControl;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import org.jooq.DSLContext;

/// The Control service: what Sensors and Central tell each other about themselves.
public final class ControlService extends ControlGrpc.ControlImplBase {
    /// The versions of the protocol that this Central serves.
    static final int OLDEST_PROTOCOL = 1;

    static final int PROTOCOL = 1;

    /// How often Central pings; a side that hears nothing for three times that long takes the stream for dead.
    public static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private final Parts parts;

    /// What streams work with.
    public record Parts(
            DSLContext db,
            Registrations registrations,
            Authorities authorities,
            SensorConnections connections,
            ChangeFeed changes,
            String centralVersion,
            InstantSource clock) {}

    public ControlService(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StreamObserver<SensorControl> connect(StreamObserver<CentralControl> responses) {
        return SensorStream.<SensorControl, CentralControl>open(
                "control", responses, stream -> new ControlStream(stream, parts));
    }
}
