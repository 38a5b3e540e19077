package bulwark.central.flow;

import static org.assertj.core.api.Assertions.assertThat;

import bulwark.base.tls.CertificateRequests;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Identity;
import bulwark.base.tls.Pem;
import bulwark.central.cluster.JoinResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinTest {
    private CentralFixture central;

    @BeforeEach
    void start() throws IOException {
        central = new CentralFixture();
    }

    @AfterEach
    void stop() {
        central.close();
    }

    private static String request() {
        return CertificateRequests.pem(Certificates.newKey());
    }

    @Test
    void givesACertificateThatNamesTheClusterAndItsRole() throws IOException {
        var line = central.register("prod");

        var joined = (JoinResult.Joined) central.registrations.join(line.secret(), request());

        var certificate = Pem.certificate(joined.certificate());
        assertThat(Identity.of(certificate))
                .contains(new Identity("sensor", joined.clusterId().toString()));
        assertThat(Pem.certificates(joined.authorities())).hasSize(1);
    }

    @Test
    void usesASecretOnce() {
        var line = central.register("prod");

        assertThat(central.registrations.join(line.secret(), request())).isInstanceOf(JoinResult.Joined.class);
        assertThat(central.registrations.join(line.secret(), request())).isInstanceOf(JoinResult.Refused.class);
    }

    @Test
    void givesOneOfManyWhoTryAtOnceTheCertificate() throws Exception {
        var line = central.register("prod");

        List<JoinResult> results = new ArrayList<>();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<JoinResult> join = () -> central.registrations.join(line.secret(), request());
            for (var result : tasks.invokeAll(List.of(join, join, join, join))) results.add(result.get());
        }

        assertThat(results).filteredOn(JoinResult.Joined.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(JoinResult.Refused.class::isInstance).hasSize(3);
    }

    @Test
    void refusesASecretAfterItsTime() {
        var line = central.register("prod");

        central.time.pass(Duration.ofMinutes(61));

        assertThat(central.registrations.join(line.secret(), request())).isInstanceOf(JoinResult.Refused.class);
    }

    @Test
    void keepsTheSecretGoodAfterAMalformedRequest() {
        var line = central.register("prod");

        assertThat(central.registrations.join(line.secret(), "no request")).isInstanceOf(JoinResult.Malformed.class);
        assertThat(central.registrations.join(line.secret(), request())).isInstanceOf(JoinResult.Joined.class);
    }

    @Test
    void refusesTheSecretOfARemovedCluster() {
        var line = central.register("prod");
        UUID id = UUID.fromString(central.database
                .sql()
                .fetchSingle("select id::text from cluster")
                .get(0, String.class));

        assertThat(central.removal.remove(central.database.sql(), id)).isTrue();

        assertThat(central.registrations.join(line.secret(), request())).isInstanceOf(JoinResult.Refused.class);
    }

    @Test
    void showsTheAuthorityWhoseFingerprintTheLineCarries() {
        var line = central.register("prod");

        var shown = central.authorities.key().current().chain();

        assertThat(Certificates.fingerprint(shown.getLast())).isEqualTo(line.fingerprint());
        assertThat(Certificates.fingerprint(shown.getFirst())).isNotEqualTo(line.fingerprint());
    }
}
