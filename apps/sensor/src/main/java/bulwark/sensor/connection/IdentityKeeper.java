package bulwark.sensor.connection;

import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.SwappableTrustManager;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;

/// The identity in use: in its place, and in the managers that TLS asks. What is new is kept before it is used. Its
/// lock
/// guards the identity.
public final class IdentityKeeper {
    private final IdentityPlace place;
    private final SwappableKeyManager key;
    private final SwappableTrustManager trust;
    private SensorIdentity identity;

    public IdentityKeeper(IdentityPlace place, SensorIdentity identity) {
        this.place = place;
        this.identity = identity;
        this.key = new SwappableKeyManager(identity.keyAndChain());
        this.trust = new SwappableTrustManager(identity.authorities());
    }

    /// Who this Sensor is now.
    public synchronized SensorIdentity identity() {
        return identity;
    }

    SwappableKeyManager keyManager() {
        return key;
    }

    SwappableTrustManager trustManager() {
        return trust;
    }

    /// Trusts these authorities from now on, and no others.
    synchronized void trust(List<X509Certificate> authorities) throws IOException {
        if (new LinkedHashSet<>(authorities).equals(new LinkedHashSet<>(identity.authorities()))) return;
        SensorIdentity next = identity.with(authorities);
        place.save(next);
        identity = next;
        trust.swap(authorities);
    }

    /// Uses another certificate from the next connection on.
    synchronized void renew(KeyAndChain next, List<X509Certificate> authorities) throws IOException {
        SensorIdentity renewed = identity.with(next, authorities);
        place.save(renewed);
        identity = renewed;
        trust.swap(authorities);
        key.swap(next);
    }

    /// This identity is of no use any more.
    synchronized void forget() throws IOException {
        place.delete();
    }
}
