package bulwark.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.model.alert.Alert;
import bulwark.model.alert.AlertState;
import bulwark.model.alert.Violation;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.EnvironmentVariable;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.Metadata;
import bulwark.model.inventory.Namespace;
import bulwark.model.inventory.NetworkPolicy;
import bulwark.model.inventory.ObjectKey;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.SecurityContext;
import bulwark.model.inventory.Workload;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicySection;
import bulwark.model.policy.Severity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Documents documents = new Documents();

    @Test
    void writesSortedNamesAndNeitherNullsNorEmptyValues() {
        var namespace =
                new Namespace(new Metadata("", "shop", null, Map.of("b", "2", "a", "1"), Map.of(), NOON), "Active");

        String json = new String(documents.write(namespace), UTF_8);

        assertThat(json)
                .isEqualTo("{\"metadata\":{\"createdAt\":\"2026-01-31T12:00:00Z\",\"labels\":{\"a\":\"1\",\"b\":\"2\"},"
                        + "\"name\":\"shop\"},\"phase\":\"Active\"}");
    }

    @Test
    void keepsEmptyValuesOnDemand() {
        String json = new String(documents.writeFull(new Namespace(Metadata.named("", "shop"), "")), UTF_8);

        assertThat(json)
                .isEqualTo("{\"metadata\":{\"annotations\":{},\"labels\":{},\"name\":\"shop\",\"namespace\":\"\"},"
                        + "\"phase\":\"\"}");
    }

    @Test
    void takesWhatAnOlderPeerDidNotWriteAsEmptyOrUnset() throws MalformedFileException {
        byte[] old =
                "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\"},\"podSpec\":{\"containers\":[{\"name\":\"c\",\"type\":\"REGULAR\"}]}}"
                        .getBytes(UTF_8);

        var workload = documents.read(Workload.class, old);

        assertThat(workload.apiVersion()).isEmpty();
        assertThat(workload.replicas()).isNull();
        assertThat(workload.podMetadata().labels()).isEmpty();
        assertThat(workload.podSpec().securityContext()).isEqualTo(SecurityContext.UNSET);
        assertThat(workload.podSpec().containers().getFirst().command()).isEmpty();
        assertThat(workload.podSpec().containers().getFirst().image().tag()).isEmpty();
    }

    @Test
    void ignoresNamesAndValuesOfANewerPeer() throws MalformedFileException {
        byte[] newer =
                "{\"name\":\"A\",\"source\":\"VAULT_KEY\",\"value\":\"x\",\"since\":{\"a\":[1]}}".getBytes(UTF_8);

        var variable = documents.read(EnvironmentVariable.class, newer);

        assertThat(variable).isEqualTo(new EnvironmentVariable("A", EnvironmentVariable.Source.UNKNOWN, "x"));
    }

    @Test
    void hasAWordForWhatANewerPeerMaySayInEveryEnumOfADocument() {
        var enums = new HashSet<Class<?>>();
        for (Class<?> type : InventoryObject.class.getPermittedSubclasses()) collectEnums(type, enums, new HashSet<>());

        enums.remove(
                ObjectType.class); // which document an object is, is said by its key, and an unknown one is skipped
        assertThat(enums).hasSizeGreaterThan(3);
        for (Class<?> each : enums) {
            assertThat(each.getEnumConstants())
                    .as("%s", each)
                    .extracting(Object::toString)
                    .contains("UNKNOWN");
        }
    }

    private static void collectEnums(Type type, Set<Class<?>> enums, Set<Type> seen) {
        if (!seen.add(type)) return;
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) collectEnums(argument, enums, seen);
        }
        if (!(type instanceof Class<?> raw)) return;
        if (raw.isEnum()) enums.add(raw);
        if (!raw.isRecord()) return;
        for (var component : raw.getRecordComponents()) collectEnums(component.getGenericType(), enums, seen);
    }

    @Test
    void refusesADocumentWithoutWhatNothingCanStandFor() {
        byte[] keyWithoutType = "{\"kind\":\"Pod\",\"name\":\"a\"}".getBytes(UTF_8);

        assertThatThrownBy(() -> documents.read(ObjectKey.class, keyWithoutType))
                .isInstanceOf(MalformedFileException.class);
    }

    @Test
    void saysWhichFieldIsNotOfItsKind() {
        byte[] json = "{\"metadata\":{\"name\":[]}}".getBytes(UTF_8);

        assertThatThrownBy(() -> documents.read(ObjectType.NAMESPACE, json))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage("Namespace.metadata.name: expected a document of this version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"metadata\":7}",
                "{\"metadata\":{\"name\":\"a\",\"labels\":{\"a\":null}}}",
                "{\"metadata\":{\"name\":\"a\",\"createdAt\":\"noon\"}}",
                "{\"phase\":\"Active\"}",
                "{\"phase\":{\"a\":1}}"
            })
    void refusesDocumentsOfAnotherShape(String json) {
        assertThatThrownBy(() -> documents.read(ObjectType.NAMESPACE, json.getBytes(UTF_8)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith("Namespace");
    }

    @Test
    void tellsAbsentFromEmptyWhereThatMatters() throws MalformedFileException {
        var any = new NetworkPolicy.Port("TCP", null, null);
        var empty = new NetworkPolicy.Port("TCP", "", 7);

        assertThat(documents.read(NetworkPolicy.Port.class, documents.write(any)))
                .isEqualTo(any);
        assertThat(documents.read(NetworkPolicy.Port.class, documents.write(empty)))
                .isEqualTo(empty);
    }

    @Test
    void readsBackPoliciesAndAlertsAsTheyWere() throws MalformedFileException {
        var policy = new Policy(
                "id",
                "Latest tag",
                "",
                "",
                "",
                true,
                Severity.LOW,
                List.of("DevOps"),
                List.of(LifecycleStage.DEPLOY),
                EventSource.NOT_APPLICABLE,
                List.of(new PolicySection(
                        "", List.of(new PolicyGroup("Image Tag", PolicyGroup.Operator.OR, false, List.of("latest"))))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true);
        var alert = new Alert(
                "a",
                "id",
                "Latest tag",
                Severity.LOW,
                List.of(),
                "c",
                "cluster",
                new ObjectKey(ObjectType.WORKLOAD, "Deployment", "shop", "web"),
                false,
                AlertState.OPEN,
                null,
                List.of(new Violation("id", "", "Image Tag", "web", "spec", "latest", "m")),
                NOON,
                NOON,
                null,
                null);

        assertThat(documents.read(Policy.class, documents.write(policy))).isEqualTo(policy);
        assertThat(new String(documents.write(policy), UTF_8))
                .contains("\"isDefault\":true")
                .doesNotContain("\"default\"");
        assertThat(documents.read(Alert.class, documents.write(alert))).isEqualTo(alert);
        assertThat(documents.read(Alert.class, documents.writeFull(alert))).isEqualTo(alert);
    }
}
