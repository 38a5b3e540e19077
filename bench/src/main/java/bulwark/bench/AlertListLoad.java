package bulwark.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The questions that the page of alerts asks, each many times over HTTP by one client, in turn.
final class AlertListLoad {
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 200;
    private static final int PAGES_DEEP = 200;

    private final CentralProcess central;
    private final Map<String, HttpRequest> questions = new LinkedHashMap<>();

    AlertListLoad(CentralProcess central) throws IOException, InterruptedException {
        this.central = central;
        ask("first page", "/alerts");
        ask("first page as the browser asks for it", "/alerts?filter=" + encoded("platform:false"));
        ask("filter severity:HIGH", "/alerts?filter=" + encoded("severity:HIGH"));
        ask("filter by a word in a name", "/alerts?filter=team-7-");
        ask("filter by a word that is everywhere", "/alerts?filter=service");
        ask("filter by a word that is nowhere", "/alerts?filter=nosuchword");
        ask("filter cluster and namespace", "/alerts?filter=" + encoded("cluster:region-2 namespace:ns-42"));
        ask("filter category, sort by namespace", "/alerts?sort=namespace&filter=" + encoded("category:Privileges"));
        ask("resolved ones", "/alerts?filter=" + encoded("state:RESOLVED"));
        ask("sort by policy", "/alerts?sort=policy");
        ask("sort by newest change", "/alerts?sort=-changedAt");
        ask("page " + PAGES_DEEP, "/alerts?cursor=" + encoded(deepCursor()));
        ask("500 rows", "/alerts?limit=500");
        ask("counts by severity", "/alerts/count");
        ask("counts by severity as the browser asks for them", "/alerts/count?filter=" + encoded("platform:false"));
        ask("counts by severity, filtered", "/alerts/count?filter=" + encoded("category:Privileges"));
        String scoped = scopedToken();
        questions.put("first page of a token for 2 namespaces", central.get("/alerts", scoped));
        questions.put("sort by newest change, that token", central.get("/alerts?sort=-changedAt", scoped));
        questions.put("counts by severity, that token", central.get("/alerts/count", scoped));
    }

    private void ask(String what, String path) {
        questions.put(what, central.get(path, central.ownToken()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String deepCursor() throws IOException, InterruptedException {
        String next = "";
        for (int i = 0; i < PAGES_DEEP; i++) {
            JsonNode page = central.ask("/alerts?limit=500" + (i == 0 ? "" : "&cursor=" + encoded(next)));
            next = page.path("next").asText();
            if (next.isEmpty()) throw new IllegalStateException("page " + i + " is the last one");
        }
        return next;
    }

    private String scopedToken() throws IOException, InterruptedException {
        return central.post(
                        "/tokens",
                        "{\"name\":\"bench\",\"role\":\"VIEWER\",\"scope\":{\"clusterIds\":[],\"namespaces\":[\"ns-3\",\"ns-77\"]}}")
                .path("secret")
                .asText();
    }

    /// Asks everything in turn, and adds the 99th percentile of each question.
    void measure(Report report, double limitMillis) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            for (HttpRequest question : questions.values()) central.send(question);
        }
        var times = new LinkedHashMap<String, double[]>();
        for (int i = 0; i < ROUNDS; i++) {
            for (var question : questions.entrySet()) {
                long began = System.nanoTime();
                central.send(question.getValue());
                times.computeIfAbsent(question.getKey(), _ -> new double[ROUNDS])[i] =
                        (System.nanoTime() - began) / 1e6;
            }
        }
        times.forEach((what, millis) -> {
            Arrays.sort(millis);
            double median = millis[ROUNDS / 2];
            double p99 = millis[ROUNDS * 99 / 100];
            report.add("%s, p99 (median %.1f)".formatted(what, median), p99, limitMillis, "ms");
        });
    }
}
