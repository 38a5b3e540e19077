package bulwark.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CriteriaTest {
    @Test
    void eachNameIsThereOnce() {
        var names = new HashSet<String>();

        for (Criterion<?> criterion : Criteria.ALL) {
            assertThat(names.add(criterion.description().name()))
                    .as(criterion.description().name())
                    .isTrue();
        }
        for (Description planned : PlannedCriteria.ALL) {
            assertThat(names.add(planned.name())).as(planned.name()).isTrue();
        }

        assertThat(names).hasSizeGreaterThanOrEqualTo(79); // StackRox 4.9 has as many
    }

    @Test
    void eachHasATestOfItsOwn() {
        for (Criterion<?> criterion : Criteria.ALL) {
            String test = criterion.getClass().getName() + "Test";

            assertThatCode(() -> Class.forName(test)).as(test).doesNotThrowAnyException();
        }
    }

    @Test
    void eachSaysWhatItAsks() {
        for (Criterion<?> criterion : Criteria.ALL) {
            assertThat(criterion.description().sentence()).isNotBlank().doesNotEndWith(".");
            assertThat(criterion.description().grammar().expected()).isNotBlank();
        }
    }

    @Test
    void tellsKnownNamesFromUnknownOnes() {
        var known = Ask.policy(Ask.section(Ask.group("CVE", "CVE-2021-44228")));
        var unknown = Ask.policy(Ask.section(Ask.group("Colour", "green")));

        var rejections = PolicyEvaluator.compile(List.of(known, unknown)).rejections();

        assertThat(rejections)
                .extracting(rejection -> rejection.problems().getFirst().toString())
                .containsExactly(
                        "sections[0].groups[0].field: expected a criterion that this version can evaluate (known, but not"
                                + " built yet), came: CVE",
                        "sections[0].groups[0].field: expected the name of a criterion, came: Colour");
    }
}
