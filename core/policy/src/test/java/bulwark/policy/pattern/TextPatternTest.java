package bulwark.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextPatternTest {
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "B",
            ".",
            ".*",
            "|",
            "(",
            ")",
            "[ab]",
            "[^]b]",
            "\\.",
            "\\d",
            "+",
            "?",
            "{1,2}",
            "k",
            "x",
            "^",
            "$",
            "(?:",
            "[[:alpha:]]");
    private static final List<String> LETTERS =
            List.of("a", "A", "b", "B", ".", "1", "k", "\u212a", "x", "\n", "]", "^", "$");

    private final Patterns patterns = new Patterns(1_000, 10_000);

    @Test
    void matchesTheWholeTextWithoutRegardToCase() {
        var pattern = patterns.compile(".*SECRET.*|.*PASSWORD.*");

        assertThat(pattern.matches("db_password")).isTrue();
        assertThat(pattern.matches("DB_PASSWORT")).isFalse();
        assertThat(patterns.compile("docker").matches("docker.sock")).isFalse();
    }

    @Test
    void leavesOutTheMarkThatStackRoxWritesBeforeSomePatterns() {
        assertThat(patterns.compile("r/.*dashboard.*").matches("kubernetesui/dashboard"))
                .isTrue();
    }

    @Test
    void matchesEveryTextWhereItIsEmpty() {
        assertThat(patterns.compile("").matches("anything\nat all")).isTrue();
    }

    @Test
    void saysWhatRe2ItselfSaysWhateverThePattern() {
        var random = new Random(20261121);
        int compared = 0;
        for (int i = 0; i < 60_000; i++) {
            String source = join(random, PIECES, 1 + random.nextInt(7));
            if (patterns.problem(source).isPresent()) continue;
            String text = join(random, LETTERS, random.nextInt(6));

            assertThat(patterns.compile(source).matches(text))
                    .as("%s on %s", source, text)
                    .isEqualTo(source.isEmpty()
                            || Pattern.compile("(?i:" + source + ")").matches(text));
            compared++;
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    @Test
    void refusesWhatIsNoPatternTooLongOrTooLargeOnceWrittenOut() {
        assertThat(patterns.problem("(").orElseThrow()).contains("RE2");
        assertThat(patterns.problem("a".repeat(2_000)).orElseThrow()).contains("1000 characters");
        assertThat(patterns.problem("(((a{99}){99}){99}){99}").orElseThrow()).contains("10000 parts");
        assertThatThrownBy(() -> patterns.compile("(")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seesRepetitionsBehindWhatOnlyLooksLikeQuotesAndBraces() {
        for (String hidden : List.of(
                "a{((b{99}){99}){99}",
                "\\Q[\\E((a{99}){99}){99}\\Q]\\E",
                "x{,}(((a{99}){99}){99})",
                "a{0(((b{99}){99}){99})}",
                "((a{99}){99}){99}[\\](]",
                "[\\][](((a{99}){99}){99})]")) {
            assertThat(patterns.problem(hidden).orElseThrow()).as(hidden).contains("10000 parts");
        }
        assertThat(patterns.problem("a{b")).isEmpty();
        assertThat(patterns.problem("\\Qa{1000}(\\E")).isEmpty();
    }

    @Test
    void estimatesNoLessThanRe2Makes() {
        var random = new Random(20261122);
        var pieces = List.of(
                "a", "{", "}", "{9}", "{2,}", "{0,7}", "{09}", "(", ")", "[", "]", "\\Q", "\\E", "\\", ",", "3", "^");
        int compared = 0;
        for (int i = 0; i < 200_000; i++) {
            String source = join(random, pieces, 1 + random.nextInt(12));
            int made;
            try {
                made = Pattern.compile(source).programSize();
            } catch (PatternSyntaxException _) {
                continue;
            }
            // two instructions begin and end each program, and two hold each group
            assertThat(PatternSize.of(source) * 3 + 3).as(source).isGreaterThanOrEqualTo(made);
            compared++;
        }
        assertThat(compared).isGreaterThan(10_000);
    }

    @Test
    void refusesParenthesesThatDoNotMatch() {
        assertThat(patterns.problem("a)|(b")).isPresent();
    }

    @Test
    void staysLinearWhereBacktrackingEnginesDoNot() {
        var pattern = patterns.compile("(a+)+b");

        assertThat(pattern.matches("a".repeat(50_000))).isFalse();
    }

    private static String join(Random random, List<String> pieces, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.append(pieces.get(random.nextInt(pieces.size())));
        return text.toString();
    }
}
