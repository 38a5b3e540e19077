package bulwark.central.sensor;

import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/// Reads a message that is none as null, so that the stream can refuse it in its own words; gRPC would log a stack
/// trace and close the call with a status that says nothing.
final class MalformedAsNull<T> implements MethodDescriptor.Marshaller<T> {
    private final MethodDescriptor.Marshaller<T> marshaller;

    MalformedAsNull(MethodDescriptor.Marshaller<T> marshaller) {
        this.marshaller = marshaller;
    }

    @Override
    public InputStream stream(T value) {
        return marshaller.stream(value);
    }

    @Override
    @SuppressWarnings("NullAway") // the interface is not annotated; SensorStream expects it
    public T parse(InputStream stream) {
        try {
            return marshaller.parse(stream);
        } catch (StatusRuntimeException _) {
            return null;
        }
    }
}
