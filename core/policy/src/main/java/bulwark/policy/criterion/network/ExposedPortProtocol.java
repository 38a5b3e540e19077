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

/// The protocol of a port.
public final class ExposedPortProtocol implements Criterion<PortPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Exposed Port Protocol",
                "The protocol of a port of the workload begins so: TCP, UDP, SCTP",
                new Grammar.Beginning());
    }

    @Override
    public PartKind kind() {
        return PartKind.PORT;
    }

    @Override
    public Condition<PortPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.beginning(group, patterns, PortPart::protocol);
    }

    @Override
    public Finding find(PortPart port, PolicyGroup group) {
        return port.finding("protocol", port.protocol());
    }
}
