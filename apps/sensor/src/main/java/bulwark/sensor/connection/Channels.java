package bulwark.sensor.connection;

import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.SwappableTrustManager;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/// Opens gRPC channels to Central with this Sensor's certificate, by Java's own TLS: no native library has to be
/// unpacked, so a read-only container will do.
final class Channels {
    private static final int LARGEST_MESSAGE = 8 << 20;

    private final SslContext tls;

    Channels(SwappableKeyManager key, SwappableTrustManager trust) {
        try {
            this.tls = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                    .keyManager(key)
                    .trustManager(trust)
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("every Java has TLS 1.3", e);
        }
    }

    ManagedChannel open(String host, int port) {
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return NettyChannelBuilder.forAddress(new java.net.InetSocketAddress(plain, port))
                .overrideAuthority(host + ":" + port)
                .sslContext(tls)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .directExecutor()
                .build();
    }
}
