package bulwark.central.sensor;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says in one line which cluster sent a message beyond the limit: gRPC ends such a stream before anybody sees the
/// message, and the stream itself hears no more than that it is over.
final class OversizedMessages extends ServerStreamTracer.Factory {
    private static final Logger log = LoggerFactory.getLogger(OversizedMessages.class);

    private final SensorIdentity identity;

    OversizedMessages(SensorIdentity identity) {
        this.identity = identity;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new ServerStreamTracer() {
            private volatile Attributes call = Attributes.EMPTY;

            @Override
            public void serverCallStarted(ServerCallInfo<?, ?> started) {
                call = started.getAttributes();
            }

            @Override
            public void streamClosed(Status status) {
                if (status.getCode() != Status.Code.RESOURCE_EXHAUSTED) return;
                log.atWarn()
                        .addKeyValue(
                                "cluster",
                                identity.identity(call.get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
                                        .orElse(null))
                        .addKeyValue("stream", method)
                        .addKeyValue("problem", status.getDescription())
                        .log("refused a message that is too large");
            }
        };
    }
}
