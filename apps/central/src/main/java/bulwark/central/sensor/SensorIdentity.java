package bulwark.central.sensor;

import bulwark.base.tls.Identity;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/// Lets only Sensors in, and says which cluster a call is of: by its certificate, never by a message.
///
/// Whether the cluster still exists is asked by each stream when it opens, in the same statement that makes it the
/// cluster's only one.
public final class SensorIdentity implements ServerInterceptor {
    private static final Context.Key<UUID> CLUSTER = Context.key("cluster");

    private final String role;

    /// `role` is the one that a Sensor's certificate names.
    public SensorIdentity(String role) {
        this.role = role;
    }

    /// The cluster whose call this is.
    static UUID clusterId() {
        UUID id = CLUSTER.get();
        if (id == null) throw new IllegalStateException("a call without an identity passed the interceptor");
        return id;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<UUID> id = identity(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        if (id.isEmpty()) {
            call.close(
                    Status.PERMISSION_DENIED.withDescription(
                            "this port serves Sensors; the certificate is no Sensor's"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(CLUSTER, id.get()), call, headers, next);
    }

    /// The cluster whose Sensor showed its certificate in a session; empty where nobody or somebody else did.
    Optional<UUID> identity(@org.jspecify.annotations.Nullable SSLSession session) {
        if (session == null) return Optional.empty();
        try {
            if (!(session.getPeerCertificates()[0] instanceof X509Certificate certificate)) return Optional.empty();
            return Identity.of(certificate)
                    .filter(identity -> identity.role().equals(role))
                    .map(identity -> UUID.fromString(identity.id()));
        } catch (SSLPeerUnverifiedException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
