package bulwark.central.notifier.webhook;

import bulwark.central.notifier.plugin.Delivery;
import bulwark.central.notifier.plugin.Message;
import bulwark.central.notifier.plugin.Notifier;
import bulwark.central.notifier.plugin.NotifierType;
import bulwark.model.alert.Alert;
import bulwark.wire.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Posts each message as a CloudEvent
/// (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md>).
///
/// With a secret it is signed: `X-Bulwark-Signature: v1=<hex of HMAC-SHA256>` over the text of `X-Bulwark-Timestamp`
/// (seconds since 1970), a full stop, and the body. A receiver compares it and refuses old timestamps.
public final class WebhookNotifier implements Notifier {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final NotifierType TYPE = new NotifierType(
            "webhook",
            "Webhook",
            "Posts every alert event as JSON (a CloudEvent) to an HTTP endpoint.",
            List.of(
                    new NotifierType.Setting(
                            "url",
                            "Address",
                            "https:// or http:// address that takes POST requests",
                            NotifierType.Kind.URL,
                            true),
                    new NotifierType.Setting(
                            "secret",
                            "Signing secret",
                            "Messages are signed with it (HMAC-SHA256), so that the receiver knows that they are ours",
                            NotifierType.Kind.SECRET,
                            false),
                    new NotifierType.Setting(
                            "authorization",
                            "Authorization header",
                            "Sent as it is, for example: Bearer abc",
                            NotifierType.Kind.SECRET,
                            false)));

    private final InstantSource clock;
    private final Documents documents = new Documents();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    public WebhookNotifier(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public NotifierType type() {
        return TYPE;
    }

    @Override
    public List<Fault> check(Map<String, String> settings) {
        var faults = new ArrayList<Fault>();
        if (!isAddress(settings.getOrDefault("url", ""))) {
            faults.add(new Fault("url", "expected an address such as https://example.org/hook, without user or #"));
        }
        String authorization = settings.getOrDefault("authorization", "");
        if (!authorization.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            faults.add(new Fault("authorization", "expected one line of plain characters"));
        }
        return faults;
    }

    private static boolean isAddress(String url) {
        try {
            URI address = URI.create(url);
            String scheme = address.getScheme();
            return ("https".equals(scheme) || "http".equals(scheme))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The body: a CloudEvent whose data is the alert.
    record CloudEvent(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            String time,
            String datacontenttype,
            Data data) {}

    record Data(Message.Event event, Alert alert) {}

    @Override
    public Delivery deliver(Message message, Map<String, String> settings) throws InterruptedException {
        byte[] body = documents.writeFull(new CloudEvent(
                "1.0",
                message.id(),
                "bulwark/central",
                "bulwark.alert." + message.event().name().toLowerCase(Locale.ROOT),
                message.alert().id(),
                message.at().toString(),
                "application/json",
                new Data(message.event(), message.alert())));
        var request = HttpRequest.newBuilder(URI.create(settings.getOrDefault("url", "")))
                .timeout(ANSWER)
                .header("Content-Type", "application/cloudevents+json; charset=utf-8")
                .header("User-Agent", "bulwark");
        String secret = settings.getOrDefault("secret", "");
        if (!secret.isEmpty()) {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            request.header("X-Bulwark-Timestamp", timestamp);
            request.header("X-Bulwark-Signature", "v1=" + Signature.of(secret, timestamp, body));
        }
        String authorization = settings.getOrDefault("authorization", "");
        if (!authorization.isEmpty()) request.header("Authorization", authorization);
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    }

    private Delivery send(HttpRequest request) throws InterruptedException {
        try {
            int status = statusOf(request);
            if (status >= 200 && status < 300) return new Delivery.Delivered("answered " + status);
            return new Delivery.Failed(
                    "the receiver answered " + status + (status / 100 == 3 ? ", redirects are not followed" : ""));
        } catch (HttpTimeoutException e) {
            return new Delivery.Failed("no answer from the receiver in time");
        } catch (IOException e) {
            return new Delivery.Failed("the receiver could not be reached: " + reason(e));
        }
    }

    /// The status alone counts. The body is not waited for, since the request's timeout ends with the headers: a
    /// receiver that never ends its body would hold its sender for ever.
    private int statusOf(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
