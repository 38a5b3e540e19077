package bulwark.central;

import bulwark.base.Lifecycle;
import bulwark.base.Loop;
import bulwark.base.Metrics;
import bulwark.base.secret.SecretBox;
import bulwark.base.tls.SwappableKeyManager;
import bulwark.base.tls.TlsContexts;
import bulwark.central.access.Gate;
import bulwark.central.alert.AlertApi;
import bulwark.central.alert.AlertFlow;
import bulwark.central.audit.AuditApi;
import bulwark.central.audit.AuditStore;
import bulwark.central.backup.BackupApi;
import bulwark.central.change.ChangeFeed;
import bulwark.central.change.EventApi;
import bulwark.central.cluster.Authorities;
import bulwark.central.cluster.AuthorityTimes;
import bulwark.central.cluster.ClusterStore;
import bulwark.central.cluster.Registrations;
import bulwark.central.dashboard.DashboardApi;
import bulwark.central.filter.Filter;
import bulwark.central.filter.FilterException;
import bulwark.central.filter.ListQuery;
import bulwark.central.health.DiskSpace;
import bulwark.central.health.HealthApi;
import bulwark.central.notifier.NotifierApi;
import bulwark.central.policy.PolicyApi;
import bulwark.central.policy.PolicyFlow;
import bulwark.central.session.LoginFlow;
import bulwark.central.session.SessionApi;
import bulwark.central.setting.SettingApi;
import bulwark.central.token.TokenApi;
import bulwark.central.view.StoredDocuments;
import bulwark.central.workload.WorkloadApi;
import bulwark.central.workload.WorkloadStore;
import bulwark.http.HttpServer;
import bulwark.http.HttpService;
import bulwark.http.Json;
import bulwark.http.Listener;
import bulwark.http.Route;
import bulwark.http.StaticFiles;
import bulwark.model.access.AccessScope;
import bulwark.policy.DefaultPolicies;
import bulwark.store.database.Database;
import bulwark.store.outbox.Leases;
import bulwark.store.outbox.Outbox;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A running Central, assembled by constructors. The database is there already.
final class Central {
    private static final int WORST_WORKLOADS = 10;
    private static final int MOST_CLUSTERS = 100;
    private static final Duration HOLD = Duration.ofMinutes(2); // longer than any delivery takes
    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    private final HttpServer http;
    private final int grpcPort;
    private final LocalToken localToken;

    private Central(HttpServer http, int grpcPort, LocalToken localToken) {
        this.http = http;
        this.grpcPort = grpcPort;
        this.localToken = localToken;
    }

    /// What it is made of beside the settings.
    record Parts(Database database, PrometheusMeterRegistry registry, Clock clock, String version) {}

    static Central start(Lifecycle lifecycle, CentralSettings settings, Parts parts) throws Exception {
        Database database = parts.database();
        Clock clock = parts.clock();
        var metrics = new Metrics(parts.registry());
        var feed = new ChangeFeed();
        var audit = new AuditStore(database.sql());
        var outbox = new Outbox(database, Outbox.Limits.USUAL, HOLD, clock);
        SecretBox box = SecretBox.open(settings.keyFile());
        var authorities = Authorities.open(database, box, AuthorityTimes.USUAL, Hosts.all(settings.hosts()), clock);
        CentralSettings.TlsFiles files = settings.tls();
        GivenCertificate given = files == null ? null : GivenCertificate.open(files, clock);
        var place = new Registrations.Place(
                Hosts.registration(settings.hosts(), settings.ports().https()),
                given == null ? authorities::shownFingerprint : given::fingerprint);
        // before anything is judged by them
        new PolicyFlow(database, audit, feed, clock, () -> {}).synchronise(DefaultPolicies.all());
        var sensors = SensorSide.start(
                lifecycle,
                new SensorSide.Parts(
                        database, outbox, audit, authorities, place, feed, metrics, clock, parts.version()),
                settings.ports().grpc());

        var policies = new PolicyFlow(database, audit, feed, clock, sensors::wakeEvaluation);
        var alerts = new AlertFlow(database, audit, outbox, feed, clock);
        var logins = new LoginFlow(database, audit, clock);
        var notifiers = new NotifierApi(database, box, audit, feed, clock);
        var tokens = new TokenApi(database, audit, clock);
        var localToken = new LocalToken();
        var routes = new ArrayList<Route>();
        routes.addAll(new SessionApi(logins).routes());
        routes.addAll(tokens.routes());
        routes.addAll(sensors.clusters().routes());
        routes.addAll(notifiers.routes());
        var disk = new DiskSpace(settings.data());
        routes.addAll(readRoutes(parts, audit, alerts, feed));
        routes.addAll(new HealthApi(database, disk, parts.registry(), parts.version()).routes());
        routes.addAll(new PolicyApi(database, policies).routes());
        routes.addAll(new BackupApi(database, box, audit, clock).routes());
        routes.addAll(new SettingApi(database, audit, feed, clock).routes());

        var gate = new Gate(logins::caller, secret -> localToken.caller(secret).or(() -> tokens.caller(secret)));
        var pages = new StaticFiles(Central.class.getClassLoader(), "ui");
        var service = new HttpService(routes, gate, pages, Failures::problem, Json.mapper(), metrics);
        HttpServer http = lifecycle.start(
                "http",
                () -> HttpServer.start(listeners(settings, given == null ? authorities.key() : given.key()), service));

        metrics.gauge("bulwark.outbox.waiting", outbox::waiting);
        var leases = new Leases(database, UUID.randomUUID().toString(), clock);
        var keeping = new Housekeeping(database, alerts, outbox, logins, leases, clock);
        var deliveries = notifiers.deliveries(outbox);
        loop(lifecycle, "deliveries", Duration.ofSeconds(1), metrics, deliveries::deliverDue);
        loop(lifecycle, "snoozed alerts", Duration.ofSeconds(5), metrics, alerts::wakeExpired);
        if (given != null) loop(lifecycle, "tls files", Duration.ofSeconds(10), metrics, given::refresh);
        loop(lifecycle, "disk space", Duration.ofSeconds(10), metrics, disk::watch);
        loop(lifecycle, "housekeeping", Duration.ofMinutes(10), metrics, keeping::run);
        return new Central(http, sensors.port(), localToken);
    }

    private static List<Route> readRoutes(Parts parts, AuditStore audit, AlertFlow alerts, ChangeFeed feed) {
        Database database = parts.database();
        Clock clock = parts.clock();
        var alertApi = new AlertApi(database, alerts);
        var workloads = new WorkloadStore(database.sql(), new StoredDocuments());
        var clusters = new ClusterStore(database.sql(), clock);
        var routes = new ArrayList<Route>();
        routes.addAll(alertApi.routes());
        routes.addAll(new WorkloadApi(workloads, alertApi::ofWorkload).routes());
        routes.addAll(new DashboardApi(
                        database,
                        scope -> workloads.worst(scope, WORST_WORKLOADS),
                        scope -> clusters(clusters, scope),
                        clock)
                .routes());
        routes.addAll(new AuditApi(audit).routes());
        routes.addAll(new EventApi(feed, clock).routes());
        return routes;
    }

    private static List<? extends Record> clusters(ClusterStore clusters, AccessScope scope) {
        try {
            return clusters.list(scope, ListQuery.first(Filter.NONE, MOST_CLUSTERS))
                    .items();
        } catch (FilterException e) {
            throw new IllegalStateException("no filter is no wrong filter", e);
        }
    }

    private static void loop(Lifecycle lifecycle, String name, Duration interval, Metrics metrics, Loop.Round round)
            throws Exception {
        lifecycle.start("loop " + name, () -> Loop.start(name, interval, metrics, round));
    }

    private static List<Listener> listeners(CentralSettings settings, SwappableKeyManager key) {
        return List.of(
                new Listener.Loopback(HTTP, "127.0.0.1", settings.ports().http()),
                new Listener.Tls(HTTPS, "0.0.0.0", settings.ports().https(), TlsContexts.of(key, null), false));
    }

    int httpPort() {
        return http.port(HTTP);
    }

    int httpsPort() {
        return http.port(HTTPS);
    }

    int grpcPort() {
        return grpcPort;
    }

    /// All that can be asked of it.
    List<Route> routes() {
        return http.routes();
    }

    LocalToken localToken() {
        return localToken;
    }
}
