package bulwark.central.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterParserTest {
    private static Filter parse(String text) throws FilterException {
        return Filter.parse(text, FilterLimits.DEFAULT);
    }

    @Test
    void readsFieldsListsNegationQuotesAndComparisons() throws FilterException {
        var filter = parse("severity:HIGH,CRITICAL -namespace:kube-* policy:\"with blanks, and comma\" pods:>=3 word");

        assertThat(filter.terms())
                .extracting(FilterTerm::field)
                .containsExactly("severity", "namespace", "policy", "pods", "");
        assertThat(filter.terms().get(0).values()).extracting(FilterValue::text).containsExactly("HIGH", "CRITICAL");
        assertThat(filter.terms().get(1).negated()).isTrue();
        assertThat(filter.terms().get(1).values().getFirst().like()).isEqualTo("kube-%");
        assertThat(filter.terms().get(2).values().getFirst().text()).isEqualTo("with blanks, and comma");
        assertThat(filter.terms().get(3).values().getFirst().comparison()).isEqualTo(Comparison.GREATER_OR_EQUAL);
        assertThat(filter.terms().get(4).values().getFirst().text()).isEqualTo("word");
    }

    @Test
    void takesColonsWithinValues() throws FilterException {
        var term = parse("image:registry.example:5000/shop:1.2").terms().getFirst();

        assertThat(term.field()).isEqualTo("image");
        assertThat(term.values().getFirst().text()).isEqualTo("registry.example:5000/shop:1.2");
    }

    @Test
    void keepsWhatSqlWouldTakeAsPatternOutOfIt() throws FilterException {
        assertThat(parse("policy:100%_!*")
                        .terms()
                        .getFirst()
                        .values()
                        .getFirst()
                        .like())
                .isEqualTo("100!%!_!!%");
        assertThat(parse("policy:\"a\\*b\\\"c\"")
                        .terms()
                        .getFirst()
                        .values()
                        .getFirst()
                        .like())
                .isEqualTo("a*b\"c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "namespace:         | character 11: expected a value for namespace",
                "a namespace:x,     | character 15: expected a value for namespace",
                "policy:\"open      | character 8: the quote is not closed",
                "policy:\"a\"b      | character 11: expected a blank or a comma after the quoted value",
                "policy:a\"b\"      | character 9: a quote can stand only at the beginning of a value",
                "-                  | character 2: expected a word",
                "pods:>3*           | character 6: a value after > takes no *",
            })
    void saysWhereAndWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(FilterException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatIsTooMuch() {
        assertThatThrownBy(() -> parse("a ".repeat(51))).hasMessage("character 101: at most 50 terms are allowed");
        assertThatThrownBy(() -> parse("x:" + "a,".repeat(201) + "a"))
                .hasMessageContaining("at most 200 values are allowed");
        assertThatThrownBy(() -> parse("a".repeat(2001))).hasMessageContaining("at most 2000 are allowed");
        assertThatThrownBy(() -> parse("a\0")).hasMessageContaining("NUL");
    }

    @Test
    void answersAnyTextWithAFilterOrAComplaint() {
        var random = new Random(42);
        String alphabet = "ab:,-\"*\\>=< \t%_!é";
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(20);
            for (int c = 0; c < length; c++) text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            try {
                assertThat(parse(text.toString()).terms())
                        .allSatisfy(term -> assertThat(term.values()).isNotEmpty());
            } catch (FilterException e) {
                assertThat(e).hasMessageStartingWith("character ");
            }
        }
    }
}
