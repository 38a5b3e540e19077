package bulwark.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.kubernetes.Field;
import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    private final JsonTree json = new JsonTree(KubernetesLimits.DEFAULT);

    @Test
    void knowsWhereEverythingStands() throws MalformedFileException {
        var tree = (Tree.Mapping) read("{\"a\": [1.50, true],\n \"b\": null}");

        assertThat(tree.entries().get("a"))
                .isEqualTo(
                        new Tree.Sequence(List.of(new Tree.Numeral("1.50", 1, 8), new Tree.Truth(true, 1, 14)), 1, 7));
        assertThat(tree.entries().get("b")).isEqualTo(new Tree.Nothing(2, 7));
    }

    @Test
    void skipsManagedFieldsOfMetadataAndNothingElse() throws MalformedFileException {
        var tree = (Tree.Mapping) read("""
                {"metadata": {"managedFields": [{"a": {}}], "name": "x", "labels": {"managedFields": "kept"}},
                 "items": [{"metadata": {"managedFields": 1}}], "managedFields": 2}""");

        assertThat(tree.toString()).contains("name", "kept").doesNotContain("Numeral[literal=1,");
        assertThat(tree.entries()).containsKey("managedFields");
    }

    @Test
    void takesTheLastOfRepeatedNamesAsTheApiServerDoes() throws MalformedFileException {
        assertThat(((Tree.Mapping) read("{\"a\": 1, \"a\": 2}")).entries())
                .hasSize(1)
                .containsValue(new Tree.Numeral("2", 1, 15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{\"a\"}", "[1,]", "nul", "{} {}", "{\"a\": 01}", "\u0000", "{'a': 1}", "NaN"})
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedFileException.class);
    }

    @Test
    void refusesWhatPassesALimit() {
        var limits = new KubernetesLimits(3, 10, 20, 1, 1, 1, 1, 1, 1);
        var small = new JsonTree(limits);

        assertThatThrownBy(() -> read("[".repeat(1_000_000))).isInstanceOf(MalformedFileException.class);
        assertThatThrownBy(() -> small.read("m", "[[[[[1]]]]]".getBytes(UTF_8)))
                .isInstanceOf(MalformedFileException.class);
        assertThatThrownBy(() -> small.read("m", ("[" + "1,".repeat(10) + "1]").getBytes(UTF_8)))
                .hasMessage("m:1: expected at most 10 values");
        assertThatThrownBy(() -> small.read("m", ("\"" + "x".repeat(100_000) + "\"").getBytes(UTF_8)))
                .hasMessageEndingWith("expected well-formed JSON within the limits");
    }

    @Test
    void readsTheEventsOfAWatchOneByOneAndSaysWhenOneIsCutOff() throws IOException, MalformedFileException {
        var events = new ArrayList<Tree>();
        try (var parser = new JsonFactory().createParser("{\"a\": {\"b\": 1}}\n{\"a\": 2}\n{\"a\": {\"b\"")) {
            parser.nextToken();
            events.add(json.next("watch", parser));
            parser.nextToken();
            events.add(json.next("watch", parser));
            parser.nextToken();

            assertThatThrownBy(() -> json.next("watch", parser))
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageStartingWith("watch:3: expected");
        }
        assertThat(events).extracting(Tree::line).containsExactly(1, 2);
    }

    @Test
    void replacesWhatNoDatabaseStores() throws MalformedFileException {
        String text = "{\"a\\u0000\": \"\\u0000x\\ud800y\\udc00\\ud83d\\ude00\"}";
        var yaml = new YamlTree(KubernetesLimits.DEFAULT);

        var expected = Map.of("a\uFFFD", "\uFFFDx\uFFFDy\uFFFD\uD83D\uDE00");
        assertThat(texts(read(text))).isEqualTo(expected);
        assertThat(texts(yaml.read("m", "\"a\\0\": \"\\0x\"".getBytes(UTF_8)).getFirst()))
                .isEqualTo(Map.of("a\uFFFD", "\uFFFDx"));
    }

    private static Map<String, String> texts(Tree tree) {
        return Field.root(tree, new Field.Report(1)).textMap(100);
    }

    @Test
    void readsJsonAndYamlByWhatTheyAre() throws MalformedFileException {
        var reader = new TreeReader(KubernetesLimits.DEFAULT);

        assertThat(reader.read("m", " {\"a\": \"yes\"}".getBytes(UTF_8)).toString())
                .contains("Text[value=yes");
        assertThat(reader.read("m", "{a: yes}".getBytes(UTF_8)).toString()).contains("Truth[value=true");
        assertThat(reader.read("m", "a: b\n---\nc: d".getBytes(UTF_8))).hasSize(2);
        assertThat(reader.read("m", new byte[0])).isEmpty();
    }

    private Tree read(String text) throws MalformedFileException {
        return json.read("m.json", text.getBytes(UTF_8));
    }
}
