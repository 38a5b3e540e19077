package bulwark.policy.criterion.network;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.part.PortPart;
import bulwark.policy.pattern.Patterns;

/// A port that a container names or a Service sends to.
public final class ExposedPort implements Criterion<PortPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Exposed Port", "The number of a port of the workload compares with a number", new Grammar.Amount(""));
    }

    @Override
    public PartKind kind() {
        return PartKind.PORT;
    }

    @Override
    public Condition<PortPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.number(group, PortPart::number);
    }

    @Override
    public Finding find(PortPart port, PolicyGroup group) {
        return port.finding("containerPort", Integer.toString(port.number()));
    }
}
