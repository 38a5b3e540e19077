package bulwark.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformNamespacesTest {
    @Test
    void setsThePlatformsNamespacesApartFromTheUsers() {
        var platform = PlatformNamespaces.of(PlatformNamespaces.USUAL);

        assertThat(List.of("kube-system", "openshift-dns", "istio-system", "local-path-storage"))
                .allMatch(platform::contains);
        assertThat(List.of("default", "shop", "my-kube-system", "openshifted")).noneMatch(platform::contains);
    }

    @Test
    void saysWhichPatternIsWrong() {
        assertThat(PlatformNamespaces.problems(List.of("kube-.*", "(", " ")))
                .extracting(Problem::field)
                .containsExactly("platformNamespaces[1]", "platformNamespaces[2]");
    }
}
