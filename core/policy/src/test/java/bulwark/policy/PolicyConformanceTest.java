package bulwark.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The cases of StackRox's own tests (Apache-2.0), kept outside the project.
class PolicyConformanceTest {
    @TestFactory
    Stream<DynamicTest> judgesAsStackRoxDoes() throws IOException {
        var folder = PolicyConformance.usualFolder();
        assumeTrue(folder.isPresent(), "skipped: no conformance data beside the project");

        var suites = new PolicyConformance(folder.orElseThrow()).run();

        return suites.stream()
                .map(suite -> DynamicTest.dynamicTest(suite.summary(), () -> {
                    assertThat(suite.failed()).isEmpty();
                    assertThat(suite.passed()).isPositive();
                }));
    }
}
