package bulwark.central.notifier;

import bulwark.central.access.BodyCheck;
import bulwark.central.notifier.plugin.Notifier;
import bulwark.central.notifier.plugin.NotifierType;
import bulwark.model.policy.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A body with a notifier's settings, checked by what its type says of them.
record NotifierForm(
        @Nullable String name,
        @Nullable String type,
        @Nullable Boolean enabled,
        @Nullable Severity minimumSeverity,
        @Nullable Map<String, @Nullable String> settings) {
    private static final int LONGEST = 10_000;

    /// What is to be stored: settings in the open, and secrets apart.
    record Checked(NotifierSettings wanted, Map<String, String> secrets) {
        Checked {
            secrets = Map.copyOf(secrets);
        }
    }

    /// Checks the form. `before` holds the notifier's secrets so far: one that is left out stays, an empty one goes.
    Checked check(Map<String, String> before) {
        var check = new BodyCheck();
        String checkedName = check.text("name", name, 1, 100);
        String checkedType = check.text("type", type, 1, 100);
        boolean isEnabled = check.required("enabled", enabled, false);
        Optional<Notifier> notifier = Notifiers.of(checkedType);
        if (notifier.isEmpty()) {
            check.wrong(
                    "type",
                    "expected one of "
                            + Notifiers.ALL.stream()
                                    .map(each -> each.type().type())
                                    .toList());
        }
        Map<String, @Nullable String> none = new HashMap<>();
        Map<String, @Nullable String> given = check.required("settings", settings, none);
        var open = new HashMap<String, String>();
        var secrets = new HashMap<String, String>();
        notifier.ifPresent(known -> {
            refuseUnknown(known.type(), given, check);
            for (NotifierType.Setting setting : known.type().settings()) {
                String value = value(setting, given.get(setting.name()), before, check);
                if (!value.isEmpty()) (setting.secret() ? secrets : open).put(setting.name(), value);
            }
            var all = new HashMap<>(open);
            all.putAll(secrets);
            for (Notifier.Fault fault : known.check(all)) check.wrong("settings." + fault.setting(), fault.message());
        });
        check.done();
        return new Checked(new NotifierSettings(checkedName, checkedType, isEnabled, minimumSeverity, open), secrets);
    }

    private static void refuseUnknown(NotifierType type, Map<String, @Nullable String> given, BodyCheck check) {
        List<String> names =
                type.settings().stream().map(NotifierType.Setting::name).toList();
        for (String name : given.keySet()) {
            if (!names.contains(name)) check.wrong("settings", "expected only " + names);
        }
    }

    private static String value(
            NotifierType.Setting setting, @Nullable String given, Map<String, String> before, BodyCheck check) {
        String field = "settings." + setting.name();
        String value = given == null && setting.secret() ? before.getOrDefault(setting.name(), "") : given;
        String text = check.text(field, value, setting.required() ? 1 : 0, LONGEST);
        if (text.isEmpty()) return text;
        switch (setting.type()) {
            case BOOLEAN -> {
                if (!text.equals("true") && !text.equals("false")) check.wrong(field, "expected true or false");
            }
            case NUMBER -> {
                if (!text.matches("-?[0-9]{1,9}")) check.wrong(field, "expected a whole number");
            }
            case TEXT, URL, SECRET -> {
                // the notifier itself knows what they must be
            }
        }
        return text;
    }
}
