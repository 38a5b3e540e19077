package bulwark.policy.criterion;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.part.Finding;
import bulwark.policy.part.Part;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// A question that policies ask of one kind of part: a plug-in, one file each, listed in `Criteria.ALL`.
public interface Criterion<P extends Part> {
    /// What it asks, which values it takes and where it applies: all that API, forms and documents show of it.
    Description description();

    /// The kind of part that it asks.
    PartKind kind();

    /// The condition that a policy's values make of it. The values have been accepted by the description's grammar.
    Condition<P> compile(PolicyGroup group, Patterns patterns);

    /// What there is to be shown of a part for which the condition held; the group tells what was asked for.
    Finding find(P part, PolicyGroup group);

    /// Why the condition can be unknown; empty where it never is.
    default String unknownBecause() {
        return "";
    }
}
