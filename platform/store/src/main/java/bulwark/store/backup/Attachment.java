package bulwark.store.backup;

import java.util.regex.Pattern;

/// Something small that a backup carries beside the rows.
public record Attachment(String name, String text) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,40}");

    public Attachment {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("not a name of an attachment: " + name);
    }

    String entry() {
        return "attachments/" + name;
    }
}
