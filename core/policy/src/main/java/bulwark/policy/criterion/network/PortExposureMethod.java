package bulwark.policy.criterion.network;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.ExposurePart;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;
import java.util.List;

/// How far away a port can be reached from. Without Services (a manifest alone) that is not known, but for what the
/// container itself opens on its node.
public final class PortExposureMethod implements Criterion<ExposurePart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                        "Port Exposure Method",
                        "A port can be reached from so far: INTERNAL, NODE, HOST, EXTERNAL (LoadBalancer), ROUTE",
                        new Grammar.Choice(List.of("UNSET", "EXTERNAL", "NODE", "HOST", "INTERNAL", "ROUTE")))
                .knowingBetter(
                        "An Ingress counts as ROUTE, as an OpenShift Route does, and its Service not as INTERNAL.");
    }

    @Override
    public PartKind kind() {
        return PartKind.EXPOSURE;
    }

    @Override
    public Condition<ExposurePart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.choice(group, exposure -> exposure.level().name());
    }

    @Override
    public Finding find(ExposurePart exposure, PolicyGroup group) {
        return exposure.levelFound();
    }
}
