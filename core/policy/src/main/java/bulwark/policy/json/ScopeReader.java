package bulwark.policy.json;

import bulwark.model.policy.Exclusion;
import bulwark.model.policy.PolicyScope;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/// Reads scopes and exclusions. An empty text is an absent one, as the protobuf behind StackRox's JSON has it.
final class ScopeReader {
    private ScopeReader() {}

    static PolicyScope scope(Fields fields) throws IOException, MalformedPolicyException {
        var reader = new Parts();
        while (fields.next()) {
            switch (fields.name()) {
                case "cluster" -> reader.cluster = given(fields.text());
                case "namespace" -> reader.namespace = given(fields.text());
                case "label" -> fields.object((label, _) -> reader.label = label(label));
                case "clusterLabel" -> fields.object((label, _) -> reader.clusterLabel = label(label));
                case "namespaceLabel" -> fields.object((label, _) -> reader.namespaceLabel = label(label));
                default -> fields.skip();
            }
        }
        return new PolicyScope(
                reader.cluster, reader.namespace, reader.label, reader.clusterLabel, reader.namespaceLabel);
    }

    static Exclusion exclusion(Fields fields) throws IOException, MalformedPolicyException {
        var reader = new Parts();
        while (fields.next()) {
            switch (fields.name()) {
                case "name" -> reader.name = fields.text();
                case "deployment" -> fields.object((deployment, _) -> workload(deployment, reader));
                case "image" -> fields.object((image, _) -> image(image, reader));
                case "expiration" -> reader.expiresAt = instant(fields);
                default -> fields.skip();
            }
        }
        return new Exclusion(reader.name, reader.workload, reader.scope, reader.image, reader.expiresAt);
    }

    private static void workload(Fields fields, Parts reader) throws IOException, MalformedPolicyException {
        while (fields.next()) {
            switch (fields.name()) {
                case "name" -> reader.workload = given(fields.text());
                case "scope" -> fields.object((scope, _) -> reader.scope = scope(scope));
                default -> fields.skip();
            }
        }
    }

    private static void image(Fields fields, Parts reader) throws IOException, MalformedPolicyException {
        while (fields.next()) {
            if (fields.name().equals("name")) reader.image = given(fields.text());
            else fields.skip();
        }
    }

    private static PolicyScope.Label label(Fields fields) throws IOException, MalformedPolicyException {
        String key = "";
        String value = "";
        while (fields.next()) {
            switch (fields.name()) {
                case "key" -> key = fields.text();
                case "value" -> value = fields.text();
                default -> fields.skip();
            }
        }
        return new PolicyScope.Label(key, value);
    }

    private static @Nullable Instant instant(Fields fields) throws IOException, MalformedPolicyException {
        String text = given(fields.text());
        if (text == null) return null;
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new MalformedPolicyException(fields.path(), "a time as 2026-01-31T12:00:00Z", text);
        }
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static final class Parts {
        private String name = "";
        private @Nullable String workload;
        private @Nullable PolicyScope scope;
        private @Nullable String image;
        private @Nullable Instant expiresAt;
        private @Nullable String cluster;
        private @Nullable String namespace;
        private PolicyScope.@Nullable Label label;
        private PolicyScope.@Nullable Label clusterLabel;
        private PolicyScope.@Nullable Label namespaceLabel;
    }
}
