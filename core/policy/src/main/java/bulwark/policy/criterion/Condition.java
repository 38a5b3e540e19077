package bulwark.policy.criterion;

import bulwark.policy.part.Part;
import bulwark.policy.pattern.Ternary;

/// A criterion with a policy's values, ready to be asked of many parts.
@FunctionalInterface
public interface Condition<P extends Part> {
    /// Whether it holds for this part.
    Ternary test(P part);
}
