package bulwark.policy.criterion.workload;

import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.part.WorkloadPart;
import bulwark.policy.pattern.Patterns;

/// The identity that the pods have at the API server; `default` where they name none.
public final class ServiceAccountName implements Criterion<WorkloadPart> {
    @Override
    public Description description() {
        return Description.ofWorkload(
                "Service Account",
                "The name of the ServiceAccount that the pods run as matches a pattern",
                new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.WORKLOAD;
    }

    @Override
    public Condition<WorkloadPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(group, patterns, ServiceAccountName::value);
    }

    @Override
    public Finding find(WorkloadPart workload, PolicyGroup group) {
        return new Finding(
                workload.podPath("serviceAccountName"),
                value(workload),
                "The pods run as ServiceAccount '" + value(workload) + "'");
    }

    private static String value(WorkloadPart workload) {
        String name = workload.workload().podSpec().serviceAccount();
        return name.isEmpty() ? "default" : name;
    }
}
