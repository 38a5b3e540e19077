package bulwark.cli.command;

import bulwark.cli.api.ApiClient;
import bulwark.cli.api.CommandFailure;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/// Turns what a person types, an id or a name, into an id.
final class Ids {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {}

    /// The id of the one object in the list at `path` whose `field` is this name.
    static String of(ApiClient client, String path, String filterField, String field, String given) {
        if (UUID.matcher(given).matches()) return given;
        String filter = ApiClient.query(filterField + ":\"" + given.replace("\"", "") + "\"");
        JsonNode found = null;
        for (JsonNode item : client.get(path + "?limit=50&filter=" + filter).path("items")) {
            if (!item.path(field).asText().equalsIgnoreCase(given)) continue;
            if (found != null) {
                throw new CommandFailure("more than one has the name '" + given + "'; give its id (-o json shows it)");
            }
            found = item;
        }
        if (found == null) throw new CommandFailure("none has the name or id '" + given + "'");
        return found.path("id").asText();
    }
}
