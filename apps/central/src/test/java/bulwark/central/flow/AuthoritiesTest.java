package bulwark.central.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.base.UserError;
import bulwark.base.secret.SecretBox;
import bulwark.base.tls.Certificates;
import bulwark.base.tls.Pem;
import bulwark.central.cluster.Authorities;
import bulwark.central.cluster.AuthorityTimes;
import bulwark.store.database.Database;
import bulwark.store.testing.TestDatabases;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthoritiesTest {
    private static final AuthorityTimes TIMES =
            new AuthorityTimes(Duration.ofDays(100), Duration.ofDays(20), Duration.ofDays(9), Duration.ofDays(3));

    private final SettableTime time = new SettableTime(Instant.parse("2026-11-21T10:00:00Z"));
    private Database database;
    private SecretBox box;

    @BeforeEach
    void start() throws IOException {
        database = TestDatabases.create("classpath:db/migration");
        box = CentralFixture.newBox();
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private Authorities open() throws IOException {
        return Authorities.open(database, box, TIMES, List.of("localhost", "127.0.0.1"), time);
    }

    @Test
    void makesOneAuthorityAndFindsItAgain() throws IOException {
        var first = open();
        var second = open();

        assertThat(second.bundle()).isEqualTo(first.bundle());
        assertThat(second.shownFingerprint()).isEqualTo(first.shownFingerprint());
    }

    @Test
    void rotatesWithOverlapAndShowsTheNewOneOnlyWhenAllHaveHeardOfIt() throws IOException {
        var authorities = open();
        String old = authorities.shownFingerprint();
        assertThat(authorities.refresh()).isFalse();

        time.pass(Duration.ofDays(81));
        assertThat(authorities.refresh()).isTrue();

        assertThat(Pem.certificates(authorities.bundle())).hasSize(2);
        assertThat(authorities.trust().getAcceptedIssuers()).hasSize(2);
        assertThat(authorities.shownFingerprint()).isEqualTo(old);

        time.pass(Duration.ofDays(11));
        assertThat(authorities.refresh()).isFalse();

        assertThat(authorities.shownFingerprint()).isNotEqualTo(old);
        assertThat(Certificates.fingerprint(authorities.key().current().chain().getLast()))
                .isEqualTo(authorities.shownFingerprint());

        time.pass(Duration.ofDays(9));
        assertThat(authorities.refresh()).isTrue();

        assertThat(Pem.certificates(authorities.bundle())).hasSize(1);
    }

    @Test
    void takesOverWhatAnotherCentralMade() throws IOException {
        var one = open();
        var other = open();
        time.pass(Duration.ofDays(81));

        assertThat(one.refresh()).isTrue();
        assertThat(other.refresh()).isTrue();

        assertThat(other.bundle()).isEqualTo(one.bundle());
    }

    @Test
    void renewsWhatItShowsWhenAThirdOfItsTimeIsLeft() throws IOException {
        var authorities = open();
        var before = authorities.key().current().certificate();

        time.pass(Duration.ofDays(5));
        authorities.refresh();
        assertThat(authorities.key().current().certificate()).isEqualTo(before);

        time.pass(Duration.ofDays(2));
        authorities.refresh();
        assertThat(authorities.key().current().certificate()).isNotEqualTo(before);
    }

    @Test
    void saysWhichKeyFileIsNeeded() throws IOException {
        open();
        box = CentralFixture.newBox();

        assertThatThrownBy(this::open)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("key file: expected the one that sealed what this database stores");
    }
}
