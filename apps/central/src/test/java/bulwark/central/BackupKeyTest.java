package bulwark.central;

import static bulwark.central.tables.Tables.AUTHORITY;
import static bulwark.central.tables.Tables.CLUSTER;
import static bulwark.central.tables.Tables.NOTIFIER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.base.Metrics;
import bulwark.base.UserError;
import bulwark.base.secret.SecretBox;
import bulwark.central.backup.BackupKey;
import bulwark.central.backup.SealedStore;
import bulwark.central.cluster.Authorities;
import bulwark.central.cluster.AuthorityTimes;
import bulwark.store.backup.Progress;
import bulwark.store.backup.Restore;
import bulwark.store.database.Database;
import bulwark.store.database.DatabaseAddress;
import bulwark.store.database.DatabaseSettings;
import bulwark.store.testing.TestDatabases;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a backup, taken over HTTP and restored on a new machine, needs so that Central is what it was: the certificate
/// authority that its Sensors trust, and the notifiers' secrets.
class BackupKeyTest {
    private static final String PASSPHRASE = "correct horse battery";
    private static final DatabaseSettings SETTINGS = DatabaseSettings.with(DataDirectory.MIGRATIONS);

    private ApiFixture api;

    @TempDir
    Path machine;

    @BeforeEach
    void start() throws Exception {
        api = new ApiFixture();
        var made = api.send(
                "POST",
                "/api/v1/notifiers",
                api.adminToken(),
                "{\"name\":\"hook\",\"type\":\"webhook\",\"enabled\":true,\"minimumSeverity\":\"LOW\",\"settings\":"
                        + "{\"url\":\"http://127.0.0.1:9/\",\"secret\":\"0123456789abcdef\"}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Path backup(String body) throws IOException, InterruptedException {
        var request = api.request("/api/v1/backup")
                .header("Authorization", "Bearer " + api.adminToken())
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
        Path file = machine.resolve("backup.zip");
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofFile(file));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        return file;
    }

    private Path keyFile() {
        return machine.resolve("secret.key");
    }

    private String authorities(Database database) throws IOException {
        return Authorities.open(
                        database,
                        SecretBox.open(keyFile()),
                        AuthorityTimes.USUAL,
                        List.of("localhost"),
                        Clock.systemUTC())
                .bundle();
    }

    private String before() {
        return api.database.sql().select(AUTHORITY.CERTIFICATE).from(AUTHORITY).fetchSingle(AUTHORITY.CERTIFICATE);
    }

    @Test
    void givesTheAuthorityBackToWhoKnowsThePassphrase() throws Exception {
        Path backup = backup("{\"passphrase\":\"" + PASSPHRASE + "\"}");
        var key = BackupKey.of(backup);

        assertThatThrownBy(() -> key.ensure(keyFile(), null))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--passphrase-file");
        assertThatThrownBy(() -> key.ensure(keyFile(), "a guess at it all"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not open the key");
        assertThat(keyFile()).doesNotExist();
        key.ensure(keyFile(), PASSPHRASE);

        DatabaseAddress empty = TestDatabases.empty();
        Restore.read(backup, empty, SETTINGS, Progress.unseen());
        try (var restored = Database.open(empty, SETTINGS, Metrics.unseen())) {
            assertThat(authorities(restored)).as("Sensors go on trusting it").isEqualTo(before());
        }
    }

    @Test
    void takesTheKeyFileThatWasKeptApartAndNoOther() throws Exception {
        Path backup = backup("{}");
        var key = BackupKey.of(backup);

        assertThatThrownBy(() -> key.ensure(keyFile(), PASSPHRASE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--without-key");
        SecretBox.open(keyFile()); // makes another
        assertThatThrownBy(() -> key.ensure(keyFile(), null))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("it is another");
        Files.delete(keyFile());
        Files.copy(api.keyFile(), keyFile());
        key.ensure(keyFile(), null);

        DatabaseAddress empty = TestDatabases.empty();
        Restore.read(backup, empty, SETTINGS, Progress.unseen());
        try (var restored = Database.open(empty, SETTINGS, Metrics.unseen())) {
            assertThat(authorities(restored)).isEqualTo(before());
        }
    }

    @Test
    void startsAnewWithoutTheKeyAndKeepsAllThatIsNotSealed() throws Exception {
        Path backup = backup("{}");
        DatabaseAddress empty = TestDatabases.empty();
        Restore.read(backup, empty, SETTINGS, Progress.unseen());
        try (var restored = Database.open(empty, SETTINGS, Metrics.unseen())) {
            assertThatThrownBy(() -> authorities(restored))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("key file");

            var forgotten = new SealedStore(restored.sql()).forget();

            assertThat(forgotten).isEqualTo(new SealedStore.Forgotten(1, 1));
            assertThat(authorities(restored)).as("a new one").isNotEqualTo(before());
            var notifier = restored.sql().fetchSingle(NOTIFIER);
            assertThat(notifier.getEnabled()).isFalse();
            assertThat(notifier.getLastError()).contains("enter them anew");
            assertThat(restored.sql().fetchCount(CLUSTER)).isEqualTo(api.clusters.size());
        }
    }

    @Test
    void refusesAPassphraseThatIsTooShort() throws Exception {
        var answer = api.send("POST", "/api/v1/backup", api.adminToken(), "{\"passphrase\":\"short\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("at least 12 characters");
    }
}
