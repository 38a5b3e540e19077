package bulwark.central.policy;

import bulwark.model.policy.Exclusion;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.MitreVector;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyScope;
import bulwark.model.policy.PolicySection;
import bulwark.model.policy.Severity;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// A policy as the API shows it: in a list, and with all that it says.
record PolicyView(
        @JsonUnwrapped Row row,
        String rationale,
        String remediation,
        List<PolicySection> sections,
        List<Exclusion> exclusions,
        List<PolicyScope> scopes,
        List<MitreVector> mitre) {
    PolicyView {
        sections = List.copyOf(sections);
        exclusions = List.copyOf(exclusions);
        scopes = List.copyOf(scopes);
        mitre = List.copyOf(mitre);
    }

    /// With `alerts`, the number of open alerts that the caller may see.
    record Row(
            String id,
            String name,
            String description,
            Severity severity,
            List<String> categories,
            List<LifecycleStage> stages,
            boolean disabled,
            boolean isDefault,
            int alerts) {
        Row {
            categories = List.copyOf(categories);
            stages = List.copyOf(stages);
        }

        static Row of(Policy policy, int alerts) {
            return new Row(
                    policy.id(),
                    policy.name(),
                    policy.description(),
                    policy.severity(),
                    policy.categories(),
                    policy.stages(),
                    policy.disabled(),
                    policy.isDefault(),
                    alerts);
        }
    }

    static PolicyView of(Policy policy, int alerts) {
        return new PolicyView(
                Row.of(policy, alerts),
                policy.rationale(),
                policy.remediation(),
                policy.sections(),
                policy.exclusions(),
                policy.scopes(),
                policy.mitre());
    }
}
