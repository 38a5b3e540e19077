package bulwark.central.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bulwark.base.secret.SecretBox;
import bulwark.central.audit.AuditStore;
import bulwark.central.change.ChangeFeed;
import bulwark.central.notifier.plugin.Delivery;
import bulwark.central.notifier.plugin.Message;
import bulwark.central.notifier.webhook.WebhookNotifier;
import bulwark.central.view.StoredDocuments;
import bulwark.store.UuidV7;
import bulwark.store.database.Database;
import bulwark.store.outbox.Outbox;
import bulwark.store.testing.TestDatabases;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Receivers that do not behave: what they cost the others.
class DeliveryTest {
    private static final Message MESSAGE =
            new Message(UuidV7.next().toString(), Instant.EPOCH, Message.Event.TEST, SampleAlert.at(Instant.EPOCH));

    @TempDir
    private Path folder;

    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    @Test
    void takesTheStatusOfAReceiverThatNeverEndsItsBody() throws Exception {
        var over = new CountDownLatch(1);
        receiver.createContext("/hook", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            awaitEnd(over);
            exchange.close();
        });
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var told = tasks.submit(
                    () -> new WebhookNotifier(InstantSource.system()).deliver(MESSAGE, Map.of("url", url("/hook"))));
            try {
                await().atMost(Duration.ofSeconds(30)).until(told::isDone);
            } finally {
                over.countDown();
            }

            assertThat(told.get()).isInstanceOf(Delivery.Delivered.class);
        }
    }

    @Test
    void asksAReceiverThatFailsOnceARound() throws Exception {
        var calls = new AtomicInteger();
        receiver.createContext("/hook", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        try (Database database = TestDatabases.create("classpath:db/migration")) {
            var outbox = new Outbox(database, Outbox.Limits.USUAL, Duration.ofMinutes(2), Clock.systemUTC());
            SecretBox box = SecretBox.open(folder.resolve("key"));
            var notifiers = new NotifierStore(database.sql(), box);
            var settings = new NotifierSettings("hook", "webhook", true, null, Map.of("url", url("/hook")));
            notifiers.write(database.sql(), UuidV7.next(), settings, Map.of(), Instant.now());
            String payload = new StoredDocuments().text(MESSAGE);
            for (int i = 0; i < 3; i++) outbox.append(database.sql(), Message.TOPIC, payload);
            var audit = new AuditStore(database.sql());
            var api = new NotifierApi(database, box, audit, new ChangeFeed(), InstantSource.system());

            api.deliveries(outbox).deliverDue();

            assertThat(calls).hasValue(1);
            assertThat(outbox.waiting()).isEqualTo(3);
        }
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
