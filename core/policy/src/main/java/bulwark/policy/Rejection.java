package bulwark.policy;

import java.util.List;

/// A policy that cannot be evaluated, and why. Its open alerts stay as they are.
public record Rejection(String policyId, String policyName, List<Problem> problems) {
    public Rejection {
        problems = List.copyOf(problems);
    }
}
