package bulwark.central.cluster;

import bulwark.base.secret.SecretBox;
import bulwark.base.tls.CertificateAuthority;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Grant;
import bulwark.base.tls.Identity;
import bulwark.base.tls.Issuer;
import bulwark.base.tls.KeyAndChain;
import bulwark.base.tls.Pem;
import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.SwappableTrustManager;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Central's certificate authority in use: made at the first start, rotated with overlap, asked for certificates of
/// Sensors and for what Central's own ports show and trust.
///
/// [#refresh] brings in what other Centrals have made; `this` guards the present state.
public final class Authorities {
    /// The role in a Sensor's certificate; its id is the cluster's.
    public static final String SENSOR = "sensor";

    private static final Logger log = LoggerFactory.getLogger(Authorities.class);
    private static final String CENTRAL = "central";

    private final Database database;
    private final AuthorityStore store;
    private final AuthorityTimes times;
    private final List<String> hosts;
    private final InstantSource clock;
    private final SwappableKeyManager key;
    private final SwappableTrustManager trust;
    private CertificateAuthority authority;
    private Issuer shown;

    private Authorities(
            Database database,
            AuthorityStore store,
            AuthorityTimes times,
            List<String> hosts,
            InstantSource clock,
            List<Issuer> issuers) {
        this.database = database;
        this.store = store;
        this.times = times;
        this.hosts = List.copyOf(hosts);
        this.clock = clock;
        this.authority = new CertificateAuthority(issuers);
        this.shown = toShow(issuers, clock.instant());
        this.key = new SwappableKeyManager(serverKey(shown));
        this.trust = new SwappableTrustManager(authority.trusted());
    }

    /// Reads the authorities, or makes the first. `hosts` are the names and addresses that Central is reached by.
    public static Authorities open(
            Database database, SecretBox box, AuthorityTimes times, List<String> hosts, InstantSource clock)
            throws IOException {
        var store = new AuthorityStore(box);
        return new Authorities(database, store, times, hosts, clock, current(database, store, times, clock));
    }

    private static List<Issuer> current(
            Database database, AuthorityStore store, AuthorityTimes times, InstantSource clock) throws IOException {
        Instant now = clock.instant();
        List<Issuer> found = store.valid(database.sql(), now);
        if (!isDue(found, times, now)) return found;
        try {
            return database.transaction(transaction -> {
                try {
                    return rotated(transaction, store, times, now);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<Issuer> rotated(DSLContext transaction, AuthorityStore store, AuthorityTimes times, Instant now)
            throws IOException {
        store.lock(transaction);
        List<Issuer> present = store.valid(transaction, now);
        if (!isDue(present, times, now)) return present;
        Issuer made = CertificateAuthority.newIssuer("Bulwark authority", now, times.authority());
        store.add(transaction, UuidV7.next(), made, now);
        log.atInfo()
                .addKeyValue("fingerprint", Certificates.fingerprint(made.certificate()))
                .addKeyValue("expires", made.certificate().getNotAfter().toInstant())
                .log("made a certificate authority");
        return store.valid(transaction, now);
    }

    private static boolean isDue(List<Issuer> issuers, AuthorityTimes times, Instant now) {
        return issuers.isEmpty()
                || end(issuers.getFirst().certificate()).minus(times.overlap()).isBefore(now);
    }

    /// What servers show: the newest authority that all Sensors have had time to hear of, or the oldest there is.
    private Issuer toShow(List<Issuer> issuers, Instant now) {
        Duration halfOverlap = times.overlap().dividedBy(2);
        for (Issuer issuer : issuers) {
            Instant known = issuer.certificate().getNotBefore().toInstant().plus(halfOverlap);
            if (known.isBefore(now)) return issuer;
        }
        return issuers.getLast();
    }

    private KeyAndChain serverKey(Issuer issuer) {
        var grant = Grant.server(new Identity(CENTRAL, CENTRAL), hosts, times.server());
        KeyAndChain own = new CertificateAuthority(List.of(issuer)).issue(grant, clock.instant());
        return new KeyAndChain(own.key(), List.of(own.certificate(), issuer.certificate()));
    }

    /// Rotates where it is due and takes over what changed; true where the trusted authorities are others than before.
    public boolean refresh() throws IOException {
        List<Issuer> issuers = current(database, store, times, clock);
        synchronized (this) {
            Instant now = clock.instant();
            var next = new CertificateAuthority(issuers);
            boolean changed = !next.trusted().equals(authority.trusted());
            authority = next;
            if (changed) trust.swap(next.trusted());
            Issuer toShow = toShow(issuers, now);
            boolean other = !toShow.certificate().equals(shown.certificate());
            if (other || isNearEnd(key.current().certificate(), now)) {
                shown = toShow;
                key.swap(serverKey(toShow));
                log.atInfo()
                        .addKeyValue("authority", Certificates.fingerprint(toShow.certificate()))
                        .log("renewed the certificate that Central shows");
            }
            return changed;
        }
    }

    /// Whether a third of a certificate's time or less is left.
    static boolean isNearEnd(X509Certificate certificate, Instant now) {
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end(certificate));
        return end(certificate).minus(life.dividedBy(3)).isBefore(now);
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    /// A certificate for a cluster's Sensor. Names in the request count for nothing.
    X509Certificate issueForSensor(UUID clusterId, String requestPem) throws IOException {
        var grant = Grant.client(new Identity(SENSOR, clusterId.toString()), times.sensor());
        return signing().issue(requestPem, grant, clock.instant());
    }

    private synchronized CertificateAuthority signing() {
        return authority;
    }

    /// All authorities to trust, as PEM.
    public String bundle() {
        return Pem.of(signing().trusted());
    }

    /// The fingerprint of the authority whose certificate Central shows, for those who have never spoken with it.
    public synchronized String shownFingerprint() {
        return Certificates.fingerprint(shown.certificate());
    }

    /// What Central's ports show; swapped in place.
    public SwappableKeyManager key() {
        return key;
    }

    /// What Central's ports trust; swapped in place.
    public SwappableTrustManager trust() {
        return trust;
    }
}
