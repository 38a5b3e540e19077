package bulwark.policy.json;

import bulwark.model.policy.Exclusion;
import bulwark.model.policy.MitreVector;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicyScope;
import bulwark.model.policy.PolicySection;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one policy. Absent and empty fields are left out, as protobuf's JSON does.
final class PolicyWriter {
    private PolicyWriter() {}

    static void write(JsonGenerator to, Policy policy) throws IOException {
        to.writeStartObject();
        text(to, "id", policy.id());
        text(to, "name", policy.name());
        text(to, "description", policy.description());
        text(to, "rationale", policy.rationale());
        text(to, "remediation", policy.remediation());
        flag(to, "disabled", policy.disabled());
        texts(to, "categories", policy.categories());
        texts(to, "lifecycleStages", policy.stages().stream().map(Enum::name).toList());
        to.writeStringField("eventSource", policy.eventSource().name());
        list(to, "exclusions", policy.exclusions(), PolicyWriter::exclusion);
        list(to, "scope", policy.scopes(), PolicyWriter::scope);
        to.writeStringField("severity", policy.severity().name() + "_SEVERITY");
        var actions = policy.enforcementActions().stream()
                .map(action -> action.name() + "_ENFORCEMENT")
                .toList();
        texts(to, "enforcementActions", actions);
        texts(to, "notifiers", policy.notifiers());
        to.writeStringField("policyVersion", "1.1");
        list(to, "policySections", policy.sections(), PolicyWriter::section);
        list(to, "mitreAttackVectors", policy.mitre(), PolicyWriter::vector);
        flag(to, "isDefault", policy.isDefault());
        to.writeEndObject();
    }

    private static void section(JsonGenerator to, PolicySection section) throws IOException {
        text(to, "sectionName", section.name());
        list(to, "policyGroups", section.groups(), PolicyWriter::group);
    }

    private static void group(JsonGenerator to, PolicyGroup group) throws IOException {
        to.writeStringField("fieldName", group.field());
        to.writeStringField("booleanOperator", group.operator().name());
        flag(to, "negate", group.negate());
        list(to, "values", group.values(), (_, value) -> to.writeStringField("value", value));
    }

    private static void vector(JsonGenerator to, MitreVector vector) throws IOException {
        text(to, "tactic", vector.tactic());
        texts(to, "techniques", vector.techniques());
    }

    private static void exclusion(JsonGenerator to, Exclusion exclusion) throws IOException {
        text(to, "name", exclusion.name());
        PolicyScope scope = exclusion.scope();
        if (exclusion.workload() != null || scope != null) {
            to.writeObjectFieldStart("deployment");
            text(to, "name", exclusion.workload());
            if (scope != null) {
                to.writeObjectFieldStart("scope");
                scope(to, scope);
                to.writeEndObject();
            }
            to.writeEndObject();
        }
        if (exclusion.image() != null) {
            to.writeObjectFieldStart("image");
            text(to, "name", exclusion.image());
            to.writeEndObject();
        }
        if (exclusion.expiresAt() != null) {
            to.writeStringField("expiration", exclusion.expiresAt().toString());
        }
    }

    private static void scope(JsonGenerator to, PolicyScope scope) throws IOException {
        text(to, "cluster", scope.cluster());
        text(to, "namespace", scope.namespace());
        label(to, "label", scope.label());
        label(to, "clusterLabel", scope.clusterLabel());
        label(to, "namespaceLabel", scope.namespaceLabel());
    }

    private static void label(JsonGenerator to, String name, PolicyScope.@Nullable Label label) throws IOException {
        if (label == null) return;
        to.writeObjectFieldStart(name);
        text(to, "key", label.key());
        text(to, "value", label.value());
        to.writeEndObject();
    }

    private static void text(JsonGenerator to, String name, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) to.writeStringField(name, value);
    }

    private static void flag(JsonGenerator to, String name, boolean value) throws IOException {
        if (value) to.writeBooleanField(name, true);
    }

    private static void texts(JsonGenerator to, String name, List<String> values) throws IOException {
        if (values.isEmpty()) return;
        to.writeArrayFieldStart(name);
        for (String value : values) to.writeString(value);
        to.writeEndArray();
    }

    private static <T> void list(JsonGenerator to, String name, List<T> values, Item<T> item) throws IOException {
        if (values.isEmpty()) return;
        to.writeArrayFieldStart(name);
        for (T value : values) {
            to.writeStartObject();
            item.write(to, value);
            to.writeEndObject();
        }
        to.writeEndArray();
    }

    private interface Item<T> {
        void write(JsonGenerator to, T value) throws IOException;
    }
}
