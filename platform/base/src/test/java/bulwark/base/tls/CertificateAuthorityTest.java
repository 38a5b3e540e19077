package bulwark.base.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Identity CLUSTER = new Identity("cluster", "0198f0a2-0000-7000-8000-000000000001");

    private final Instant now = Instant.now();
    private final CertificateAuthority authority = new CertificateAuthority(
            List.of(CertificateAuthority.newIssuer("test", now.minus(YEAR), YEAR.multipliedBy(9))));

    @TempDir
    Path folder = Path.of("unset");

    private static void check(CertificateAuthority trusted, X509Certificate shown) throws CertificateException {
        new SwappableTrustManager(trusted.trusted()).checkClientTrusted(new X509Certificate[] {shown}, "EC");
    }

    @Test
    void namesTheClusterThatItSaysAndNotWhatTheRequestSays() throws Exception {
        var key = Certificates.newKey();

        X509Certificate issued = authority.issue(CertificateRequests.pem(key), Grant.client(CLUSTER, YEAR), now);

        assertThat(Identity.of(issued)).contains(CLUSTER);
        assertThat(issued.getSubjectX500Principal().getName()).contains("CN=" + CLUSTER.id(), "OU=cluster");
        assertThat(Certificates.belongTogether(key.getPrivate(), issued)).isTrue();
        assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(issued.getBasicConstraints()).isEqualTo(-1);
        check(authority, issued);
    }

    @Test
    void trustsOldAndNewWhileItIsRotatedAndSignsWithTheNew() throws Exception {
        X509Certificate before =
                authority.issue(Grant.client(CLUSTER, YEAR), now).certificate();

        CertificateAuthority rotated = authority.with(CertificateAuthority.newIssuer("test", now, YEAR), now);

        X509Certificate after = rotated.issue(Grant.client(CLUSTER, YEAR), now).certificate();
        check(rotated, before);
        check(rotated, after);
        assertThat(rotated.trusted()).hasSize(2);
        assertThatThrownBy(() -> check(authority, after)).isInstanceOf(CertificateException.class);
    }

    @Test
    void letsGoOfAnIssuerWhoseTimeIsOver() {
        var old = new CertificateAuthority(
                List.of(CertificateAuthority.newIssuer("old", now.minus(YEAR), Duration.ofDays(1))));

        assertThat(old.with(CertificateAuthority.newIssuer("new", now, YEAR), now)
                        .issuers())
                .hasSize(1);
    }

    @Test
    void refusesAnExpiredCertificate() {
        X509Certificate expired = authority
                .issue(Grant.client(CLUSTER, Duration.ofHours(1)), now.minus(Duration.ofDays(2)))
                .certificate();

        assertThatThrownBy(() -> check(authority, expired)).isInstanceOf(CertificateException.class);
    }

    @Test
    void refusesARequestThatIsNoneOrChanged() {
        String request = CertificateRequests.pem(Certificates.newKey());
        for (int cut = 0; cut < request.length() - 30; cut += 7) {
            String damaged = request.substring(0, cut);
            assertThatThrownBy(() -> authority.issue(damaged, Grant.client(CLUSTER, YEAR), now))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void isReadBackFromAFileThatOnlyItsOwnerReads() throws Exception {
        Path file = folder.resolve("authority.pem");
        CertificateAuthority rotated = authority.with(CertificateAuthority.newIssuer("test", now, YEAR), now);

        rotated.save(file);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        CertificateAuthority loaded = CertificateAuthority.load(file);
        assertThat(loaded.trusted()).isEqualTo(rotated.trusted());
        check(rotated, loaded.issue(Grant.client(CLUSTER, YEAR), now).certificate());
    }
}
