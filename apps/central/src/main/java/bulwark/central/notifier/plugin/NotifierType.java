package bulwark.central.notifier.plugin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// How a notifier describes itself: what it is called in the API and by people, and its settings in the order of the
/// form.
public record NotifierType(String type, String label, String help, List<Setting> settings) {
    public NotifierType {
        settings = List.copyOf(settings);
    }

    /// One field of the form. Secrets are sealed in the database and never shown again.
    public record Setting(String name, String label, String help, Kind type, boolean required) {
        @JsonProperty("secret")
        public boolean secret() {
            return type == Kind.SECRET;
        }
    }

    /// What a field holds.
    public enum Kind {
        TEXT,
        URL,
        SECRET,
        BOOLEAN,
        NUMBER
    }
}
