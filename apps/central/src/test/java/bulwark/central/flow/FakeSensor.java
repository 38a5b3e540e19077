package bulwark.central.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.tls.CertificateRequests;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.SwappableTrustManager;
import bulwark.central.cluster.JoinResult;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.ObjectKey;
import bulwark.wire.Documents;
import bulwark.wire.InventoryHashes;
import bulwark.wire.ObjectHash;
import bulwark.wire.WireKeys;
import bulwark.wire.v1.Batch;
import bulwark.wire.v1.BucketKeys;
import bulwark.wire.v1.CentralControl;
import bulwark.wire.v1.CentralInventory;
import bulwark.wire.v1.CertificateRequest;
import bulwark.wire.v1.Change;
import bulwark.wire.v1.ControlGrpc;
import bulwark.wire.v1.Delete;
import bulwark.wire.v1.Hello;
import bulwark.wire.v1.InventoryGrpc;
import bulwark.wire.v1.KeyHash;
import bulwark.wire.v1.SensorControl;
import bulwark.wire.v1.SensorInventory;
import bulwark.wire.v1.SyncDone;
import bulwark.wire.v1.SyncStart;
import bulwark.wire.v1.Upsert;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A Sensor as small as can be: it has a certificate, opens both streams and sends the objects it is given.
final class FakeSensor implements AutoCloseable {
    private static final byte[] SALT = {1, 2, 3};
    private static final int CHANGES_A_BATCH = 500;

    final Documents documents = new Documents();
    final KeyPair key;
    final Map<ObjectKey, byte[]> objects = new LinkedHashMap<>();
    final Set<String> unreadKinds = new LinkedHashSet<>();
    private final int port;
    private JoinResult.Joined joined;
    private ManagedChannel channel;
    long sequence;

    FakeSensor(int port) {
        this(port, Certificates.newKey());
    }

    private FakeSensor(int port, KeyPair key) {
        this.port = port;
        this.key = key;
    }

    FakeSensor join(Function<String, JoinResult.Joined> joining) {
        joined = joining.apply(CertificateRequests.pem(key));
        channel = channel(
                port, new KeyAndChain(key.getPrivate(), certificates(joined.certificate())), joined.authorities());
        return this;
    }

    static List<java.security.cert.X509Certificate> certificates(String pem) {
        try {
            return Pem.certificates(pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ManagedChannel channel(int port, KeyAndChain shown, String authorities) {
        return channel(port, tls(shown, authorities));
    }

    static ManagedChannel channel(int port, SslContext tls) {
        return NettyChannelBuilder.forAddress("localhost", port).sslContext(tls).build();
    }

    static SslContext tls(KeyAndChain shown, String authorities) {
        try {
            var ssl = SslContextBuilder.forClient()
                    .keyManager(new SwappableKeyManager(shown))
                    .trustManager(new SwappableTrustManager(Pem.certificates(authorities)));
            return GrpcSslContexts.configure(ssl, SslProvider.JDK).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UUID clusterId() {
        return joined.clusterId();
    }

    ManagedChannel channel() {
        return channel;
    }

    /// The certificate that it has now.
    KeyAndChain shown() {
        return new KeyAndChain(key.getPrivate(), certificates(joined.certificate()));
    }

    /// Has its certificate renewed, for connections made from now on.
    void renew(Dialogue<SensorControl, CentralControl> control) throws InterruptedException {
        byte[] der = Base64.getMimeDecoder().decode(CertificateRequests.pem(key).replaceAll("-----[A-Z ]+-----", ""));
        control.send(SensorControl.newBuilder()
                .setCertificateRequest(CertificateRequest.newBuilder().setCsrDer(ByteString.copyFrom(der)))
                .build());
        var issued = control.next().getCertificateIssued();
        joined = new JoinResult.Joined(joined.clusterId(), issued.getCertificatePem(), issued.getCaBundlePem());
    }

    /// The same Sensor on a connection of its own, with another Central perhaps.
    FakeSensor again(int otherPort) {
        var other = new FakeSensor(otherPort, key);
        other.objects.putAll(objects);
        other.joined = joined;
        other.channel = channel(otherPort, shown(), joined.authorities());
        return other;
    }

    static Hello.Builder hello() {
        return Hello.newBuilder().setSensorVersion("1.0").setProtocolVersion(1).setKubernetesVersion("v1.36.2");
    }

    Dialogue<SensorControl, CentralControl> control() {
        return Dialogue.open(ControlGrpc.newStub(channel)::connect);
    }

    /// A Control stream that has been welcomed.
    Dialogue<SensorControl, CentralControl> welcomed() throws InterruptedException {
        var control = control();
        control.send(SensorControl.newBuilder().setHello(hello()).build());
        assertThat(control.next().hasWelcome()).isTrue();
        assertThat(control.next().hasCaBundle()).isTrue();
        return control;
    }

    Dialogue<SensorInventory, CentralInventory> inventory() {
        sequence = 0;
        return Dialogue.open(InventoryGrpc.newStub(channel)::sync);
    }

    void put(InventoryObject object) {
        objects.put(object.key(), documents.write((Record) object));
    }

    void remove(InventoryObject object) {
        objects.remove(object.key());
    }

    static long hash(byte[] json) {
        return InventoryHashes.ofDocument(SALT, json);
    }

    /// A whole sync; answers how many documents crossed.
    int sync(Dialogue<SensorInventory, CentralInventory> stream) throws InterruptedException {
        List<ObjectKey> wanted = compare(stream);
        for (int from = 0; from < wanted.size(); from += CHANGES_A_BATCH) {
            send(stream, wanted.subList(from, Math.min(wanted.size(), from + CHANGES_A_BATCH)));
            assertThat(stream.next().getAck().getSequence()).isEqualTo(sequence);
        }
        done(stream);
        return wanted.size();
    }

    /// The part of a sync up to where both sides know what has to cross.
    List<ObjectKey> compare(Dialogue<SensorInventory, CentralInventory> stream) throws InterruptedException {
        var hashes = new ArrayList<ObjectHash>();
        objects.forEach((key, json) -> hashes.add(new ObjectHash(key, hash(json))));
        int count = InventoryHashes.bucketCount(hashes.size());
        var buckets = InventoryHashes.byBucket(hashes, count);
        var start =
                SyncStart.newBuilder().setGeneration(1).setBucketCount(count).addAllUnreadKinds(unreadKinds);
        for (long hash : InventoryHashes.ofBuckets(hashes, count)) start.addBucketHashes(hash);
        stream.send(SensorInventory.newBuilder().setSyncStart(start).build());
        var wanted = new ArrayList<ObjectKey>();
        for (int bucket : stream.next().getBucketsDiffer().getBucketsList()) {
            var keys = BucketKeys.newBuilder().setGeneration(1).setBucket(bucket);
            for (ObjectHash object : buckets.get(bucket)) {
                keys.addObjects(KeyHash.newBuilder()
                        .setKey(WireKeys.toMessage(object.key()))
                        .setHash(object.hash()));
            }
            stream.send(SensorInventory.newBuilder().setBucketKeys(keys).build());
            stream.next()
                    .getWanted()
                    .getKeysList()
                    .forEach(key -> wanted.add(WireKeys.toModel(key).orElseThrow()));
        }
        return wanted;
    }

    void done(Dialogue<SensorInventory, CentralInventory> stream) {
        stream.send(SensorInventory.newBuilder()
                .setSyncDone(SyncDone.newBuilder().setGeneration(1).setSequence(sequence))
                .build());
    }

    /// Sends one batch with the objects of these keys as they are now: gone where there is none.
    void send(Dialogue<SensorInventory, CentralInventory> stream, Collection<ObjectKey> keys) {
        var batch = Batch.newBuilder().setSequence(++sequence);
        for (ObjectKey each : keys) {
            byte[] json = objects.get(each);
            var change = Change.newBuilder().setKey(WireKeys.toMessage(each));
            if (json == null) change.setDelete(Delete.getDefaultInstance());
            else change.setUpsert(Upsert.newBuilder().setHash(hash(json)).setJson(ByteString.copyFrom(json)));
            batch.addChanges(change);
        }
        stream.send(SensorInventory.newBuilder().setBatch(batch).build());
    }

    /// Sends one batch and waits until it is committed.
    void deliver(Dialogue<SensorInventory, CentralInventory> stream, ObjectKey... keys) throws InterruptedException {
        send(stream, List.of(keys));
        assertThat(stream.next().getAck().getSequence()).isEqualTo(sequence);
    }

    /// Breaks the connection as a crash does.
    @Override
    public void close() {
        channel.shutdownNow();
        try {
            assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
