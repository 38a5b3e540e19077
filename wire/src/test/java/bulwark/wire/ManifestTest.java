package bulwark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.KubernetesProjector;
import bulwark.kubernetes.Projection;
import bulwark.kubernetes.Projection.Projected;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import bulwark.model.inventory.InventoryObject;
import bulwark.model.inventory.ObjectType;
import bulwark.model.inventory.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ManifestTest {
    private final TreeReader reader = new TreeReader(KubernetesLimits.DEFAULT);
    private final KubernetesProjector projector = KubernetesProjector.forFiles();
    private final Documents documents = new Documents();

    @Test
    void readsAFileOfEveryKindAndKeepsItThroughTheCodec() throws IOException, MalformedFileException {
        List<InventoryObject> objects = objects();

        var types = EnumSet.noneOf(ObjectType.class);
        for (InventoryObject object : objects) {
            types.add(object.key().type());
            byte[] json = documents.write((Record) object);
            assertThat(documents.read(object.key().type(), json)).isEqualTo(object);
            assertThat(documents.read(object.key().type(), documents.writeFull((Record) object)))
                    .isEqualTo(object);
            assertThat(documents.write((Record) documents.read(object.key().type(), json)))
                    .isEqualTo(json);
        }
        assertThat(types).containsExactlyInAnyOrder(ObjectType.values());
    }

    @Test
    void readsYamlWordsOfSecurityFieldsAsTheApiServerWould() throws IOException, MalformedFileException {
        var web = (Workload) objects().getFirst();

        assertThat(web.podSpec().hostNetwork()).isTrue();
        assertThat(web.podSpec().automountServiceAccountToken()).isFalse();
        assertThat(web.podMetadata().labels()).containsEntry("app", "web").containsEntry("tier", "front");
        assertThat(web.podSpec().containers().getLast().resources().cpuLimitCores())
                .isEqualTo(1);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void takesFilesThatAreCutAnywhereOrChangedAtAnyByte() throws IOException {
        byte[] whole = Manifests.everything();
        byte[] head = Arrays.copyOf(whole, 1600);

        int readable = 0;
        for (int i = 0; i < head.length; i++) {
            readable += survives(Arrays.copyOf(head, i));
            byte[] flipped = head.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            readable += survives(flipped);
        }
        for (int i = head.length; i < whole.length; i += 37) {
            readable += survives(Arrays.copyOf(whole, i));
        }

        assertThat(readable).isGreaterThan(500);
    }

    /// Manifests of stackrox/stackrox's own tests, kept outside the project.
    @Test
    void projectsEveryManifestOfTheConformanceData() throws IOException, MalformedFileException {
        Path cases =
                Path.of(System.getProperty("bulwark.root", ".")).resolve("../shared/conformance/policy/fields.jsonl");
        assumeTrue(Files.isReadable(cases), "no conformance data beside the project");
        var json = new JsonTree(KubernetesLimits.DEFAULT);

        int manifests = 0;
        for (String line : Files.readAllLines(cases)) {
            var input =
                    member(json.read("fields.jsonl", line.getBytes(java.nio.charset.StandardCharsets.UTF_8)), "input");
            if (((Tree.Mapping) input).entries().get("manifest") == null) continue;
            Projection projection = projector.project(member(input, "manifest"));
            assertThat(projection).as(line).isInstanceOf(Projected.class);
            var projected = (Projected) projection;
            assertThat(projected.problems()).as(line).isEmpty();
            assertThat(projected.objects()).as(line).hasSize(1).first().isInstanceOf(Workload.class);
            manifests++;
        }
        assertThat(manifests).isPositive();
    }

    private int survives(byte[] manifest) {
        try {
            for (Tree tree : reader.read("m.yaml", manifest)) {
                assertThat(projector.projectAll(tree)).isNotEmpty();
            }
            return 1;
        } catch (MalformedFileException e) {
            assertThat(e.getMessage()).startsWith("m.yaml").doesNotContain("\n");
            return 0;
        }
    }

    private List<InventoryObject> objects() throws IOException, MalformedFileException {
        return Manifests.objects(reader, projector);
    }

    private static Tree member(Tree tree, String name) {
        Tree member = ((Tree.Mapping) tree).entries().get(name);
        if (member == null) throw new AssertionError("no member " + name);
        return member;
    }

    /// The file that sets every field.
    static final class Manifests {
        private Manifests() {}

        static byte[] everything() throws IOException {
            try (var file = ManifestTest.class.getResourceAsStream("/manifests/everything.yaml")) {
                if (file == null) throw new AssertionError("everything.yaml is missing");
                return file.readAllBytes();
            }
        }

        static List<InventoryObject> objects(TreeReader reader, KubernetesProjector projector)
                throws IOException, MalformedFileException {
            var objects = new ArrayList<InventoryObject>();
            for (Tree tree : reader.read("everything.yaml", everything())) {
                var projected = (Projected) projector.project(tree);
                assertThat(projected.problems()).isEmpty();
                objects.addAll(projected.objects());
            }
            return objects;
        }
    }
}
