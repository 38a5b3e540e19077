package bulwark.central.setting;

import bulwark.central.access.BodyCheck;
import bulwark.central.access.Request;
import bulwark.central.audit.AuditStore;
import bulwark.central.change.Change;
import bulwark.central.change.ChangeFeed;
import bulwark.http.Exchange;
import bulwark.http.Route;
import bulwark.policy.PlatformNamespaces;
import bulwark.store.database.Database;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings over HTTP.
public final class SettingApi {
    private static final int MOST_NAMESPACES = 500;
    private static final int MOST_DAYS = 3650;

    private final Database database;
    private final SettingStore settings;
    private final AuditStore audit;
    private final ChangeFeed feed;
    private final InstantSource clock;

    public SettingApi(Database database, AuditStore audit, ChangeFeed feed, InstantSource clock) {
        this.database = database;
        this.settings = new SettingStore(database.sql());
        this.audit = audit;
        this.feed = feed;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(Request.API + "/settings", "setting.read", this::read),
                Route.put(Request.API + "/settings", "setting.write", this::change));
    }

    private void read(Exchange exchange) throws IOException {
        exchange.answer(200, settings.read());
    }

    record NewSettings(
            @Nullable List<@Nullable String> platformNamespaces,
            @Nullable Integer resolvedAlertDays,
            @Nullable Integer auditDays) {}

    private void change(Exchange exchange) throws IOException {
        Request request = Request.of(exchange);
        Settings wanted = checked(request.body(NewSettings.class));
        database.transaction(tx -> {
            settings.write(tx, wanted);
            settings.markPlatform(tx, PlatformNamespaces.of(wanted.platformNamespaces()));
            audit.add(tx, clock.instant(), request.deed("changeSettings", "settings", wanted.toString()));
            return wanted;
        });
        feed.post(Change.of(Change.Kind.ALERT));
        feed.post(Change.of(Change.Kind.WORKLOAD));
        exchange.answer(200, wanted);
    }

    private static Settings checked(NewSettings body) {
        var check = new BodyCheck();
        int alertDays = check.number("resolvedAlertDays", body.resolvedAlertDays(), 1, MOST_DAYS);
        int auditDays = check.number("auditDays", body.auditDays(), 1, MOST_DAYS);
        var namespaces = new ArrayList<String>();
        List<@Nullable String> none = List.of();
        for (String pattern : check.required("platformNamespaces", body.platformNamespaces(), none)) {
            namespaces.add(check.text("platformNamespaces", pattern, 1, 253));
        }
        if (namespaces.size() > MOST_NAMESPACES) {
            check.wrong("platformNamespaces", "expected at most " + MOST_NAMESPACES);
        } else {
            for (var problem : PlatformNamespaces.problems(namespaces)) {
                check.wrong(problem.field(), "expected " + problem.expected());
            }
        }
        check.done();
        return new Settings(namespaces, alertDays, auditDays);
    }
}
