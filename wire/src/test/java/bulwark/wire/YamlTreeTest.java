package bulwark.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bulwark.kubernetes.KubernetesLimits;
import bulwark.kubernetes.Tree;
import bulwark.model.file.MalformedFileException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTreeTest {
    private final YamlTree yaml = new YamlTree(KubernetesLimits.DEFAULT);

    /// The words are those of YAML 1.1, <https://yaml.org/type/>, which Kubernetes' tools read.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes     | a boolean true",
                "Off   | a boolean false",
                "True  | a boolean true",
                "'yes' | a text yes",
                "0644    | a number 420",
                "0x1F   | a number 31",
                "0o17   | a number 15",
                "0b101  | a number 5",
                "1_000   | a number 1000",
                "089    | a number 089",
                "+5     | a number 5",
                "1e3    | a number 1e3",
                "-1.5    | a number -1.5",
                "~      | null",
                "null   | null",
                "\"1\"  | a text 1",
                "!!str 1 | a text 1",
                "1.2.3   | a text 1.2.3",
                "100m   | a text 100m",
                "-      | a list",
                "0x     | a text 0x",
                "-x     | a text -x",
                "2026-01-31 | a text 2026-01-31",
                ".inf | a text .inf",
                "yesterday | a text yesterday",
            })
    void readsWordsAsKubernetesDoes(String word, String meaning) throws MalformedFileException {
        var value = member(read("a:\n  " + word), "a");

        assertThat(describe(value)).isEqualTo(meaning);
    }

    @Test
    void knowsWhereEverythingStands() throws MalformedFileException {
        var documents = yaml.read("m.yaml", "---\na:\n  - b: 1\n---\n---\nc: x".getBytes(UTF_8));

        assertThat(documents).hasSize(2);
        var list = (Tree.Sequence) member(documents.getFirst(), "a");
        var item = member(list.items().getFirst(), "b");
        assertThat(item).isEqualTo(new Tree.Numeral("1", 3, 8));
        assertThat(documents.getLast().line()).isEqualTo(6);
    }

    @Test
    void mergesWithoutOverridingWhatStandsThere() throws MalformedFileException {
        var tree = read("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nall: {y: 9, <<: [*b, *m]}");

        var all = (Tree.Mapping) member(tree, "all");
        assertThat(all.entries()).hasSize(3);
        assertThat(describe(member(all, "y"))).isEqualTo("a number 9");
        assertThat(describe(member(all, "z"))).isEqualTo("a number 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1\\na: 2        | m.yaml:2: expected each key once",
                "a: *x              | m.yaml:1: expected an anchor before its alias",
                "[a]: 1             | m.yaml:1: expected a key that is a text",
                "a: b: c            | m.yaml:1: expected well-formed YAML, got: mapping values are not allowed here",
                "a: {<<: 7}         | m.yaml:1: expected an object to merge",
                "&a [*a]            | m.yaml:1: expected an anchor before its alias",
            })
    void saysWhereAFileIsNotWhatItShouldBe(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertThatThrownBy(() -> yaml.read("m.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}))
                .hasMessage("m.yaml: expected text in UTF-8");
    }

    @Test
    void refusesAliasesThatGrowBeyondAllBounds() {
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            laughs.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }

        assertThatThrownBy(() -> read(laughs.toString())).hasMessageContaining("expected at most 2000000 values");
    }

    @Test
    void refusesNestingBeyondTheLimitAlsoThroughAliases() {
        var nested = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 80; i++) {
            nested.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }

        assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("expected at most 64 levels");
        assertThatThrownBy(() -> read(nested.toString())).hasMessageContaining("expected at most 64 levels");
        assertThatThrownBy(() -> read("a: ".repeat(3))).isInstanceOf(MalformedFileException.class);
        assertThatThrownBy(() -> read("x: " + "y".repeat(5 << 20))).isInstanceOf(MalformedFileException.class);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void refusesMoreDocumentsThanTheLimit() {
        assertThatThrownBy(() -> read("---\na\n".repeat(20_000)))
                .hasMessageContaining("expected at most 10000 documents");
    }

    private Tree read(String text) throws MalformedFileException {
        return yaml.read("m.yaml", text.getBytes(UTF_8)).getFirst();
    }

    private static Tree member(Tree tree, String name) {
        Tree member = ((Tree.Mapping) tree).entries().get(name);
        if (member == null) throw new AssertionError("no member " + name);
        return member;
    }

    private static String describe(Tree tree) {
        return switch (tree) {
            case Tree.Text text -> "a text " + text.value();
            case Tree.Numeral numeral -> "a number " + numeral.literal();
            case Tree.Truth truth -> "a boolean " + truth.value();
            case Tree other -> other.kindName();
        };
    }
}
