package bulwark.central.view;

import bulwark.model.alert.Violation;
import bulwark.model.file.MalformedFileException;
import bulwark.model.policy.Policy;
import bulwark.wire.Documents;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Documents as the database holds them, by the one codec of `wire`.
public final class StoredDocuments {
    private final Documents documents = new Documents();

    public Policy policy(String stored) {
        return read(Policy.class, stored);
    }

    public List<Violation> violations(String stored) {
        return List.of(read(Violation[].class, stored));
    }

    /// The canonical text of a record.
    public String text(Record document) {
        return new String(documents.write(document), StandardCharsets.UTF_8);
    }

    public <T> T read(Class<T> type, String stored) {
        try {
            return documents.read(type, stored.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedFileException e) {
            throw new IllegalStateException("a document in the database cannot be read: " + e.getMessage(), e);
        }
    }
}
