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

    /// How often Central usually pings.
    public static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(20);

    private final Parts parts;

    /// What streams work with. `heartbeat` is how often Central pings, in whole seconds; a side that hears nothing for
    /// three times that long takes the stream for dead.
    public record Parts(
            DSLContext db,
            Registrations registrations,
            Authorities authorities,
            SensorConnections connections,
            ChangeFeed changes,
            String centralVersion,
            Duration heartbeat,
            InstantSource clock) {
        public Parts {
            if (heartbeat.toSeconds() < 1) throw new IllegalArgumentException("a heartbeat of under a second");
        }
    }

    public ControlService(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StreamObserver<SensorControl> connect(StreamObserver<CentralControl> responses) {
        return SensorStream.<SensorControl, CentralControl>open(
                "control", responses, stream -> new ControlStream(stream, parts));
    }
}
