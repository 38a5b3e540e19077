package bulwark.policy;

import bulwark.policy.pattern.Patterns;
import bulwark.policy.pattern.TextPattern;
import java.util.ArrayList;
import java.util.List;

/// Which namespaces belong to the platform and not to its users: a list of patterns that people edit.
public final class PlatformNamespaces {
    /// The namespaces of Kubernetes itself and of what is commonly installed beside it.
    public static final List<String> USUAL = List.of(
            "kube-system",
            "kube-public",
            "kube-node-lease",
            "local-path-storage",
            "openshift",
            "openshift-.*",
            "istio-system",
            "linkerd",
            "cert-manager",
            "calico-.*",
            "tigera-operator",
            "cilium.*",
            "metallb-system",
            "gatekeeper-system",
            "kyverno",
            "stackrox",
            "rhacs-operator",
            "bulwark");

    private final List<TextPattern> patterns;

    private PlatformNamespaces(List<TextPattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /// Namespaces by patterns over the whole name; check them with [#problems(List)] first.
    public static PlatformNamespaces of(List<String> patterns) {
        var compiler = patterns();
        return new PlatformNamespaces(patterns.stream().map(compiler::compile).toList());
    }

    /// What is wrong with a list of patterns.
    public static List<Problem> problems(List<String> patterns) {
        var compiler = patterns();
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < patterns.size(); i++) {
            String pattern = patterns.get(i);
            String field = "platformNamespaces[" + i + "]";
            if (pattern.isBlank()) problems.add(new Problem(field, "a pattern that is not blank", pattern));
            compiler.problem(pattern).ifPresent(expected -> problems.add(new Problem(field, expected, pattern)));
        }
        return problems;
    }

    /// Whether a namespace belongs to the platform.
    public boolean contains(String namespace) {
        for (TextPattern pattern : patterns) {
            if (pattern.matches(namespace)) return true;
        }
        return false;
    }

    private static Patterns patterns() {
        return new Patterns(PolicyLimits.USUAL.maxPatternLength(), PolicyLimits.USUAL.maxPatternSize());
    }
}
