package bulwark.sensor.fake;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps every message that a Sensor sent, by service, once it is told to.
public final class SaidBySensor implements ServerInterceptor {
    private volatile boolean listens;
    private final Map<String, List<byte[]>> messages = new ConcurrentHashMap<>();

    /// Keeps what is said from now on.
    public void listen() {
        listens = true;
    }

    /// All that was said to a service since it listens.
    public List<byte[]> to(String service) {
        return List.copyOf(messages.getOrDefault(service, List.of()));
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String service = String.valueOf(call.getMethodDescriptor().getServiceName());
        return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            @Override
            public void onMessage(Q message) {
                if (listens) {
                    messages.computeIfAbsent(service, _ -> new CopyOnWriteArrayList<>())
                            .add(((Message) message).toByteArray());
                }
                super.onMessage(message);
            }
        };
    }
}
