package bulwark.model.policy;

import java.util.List;

/// A rule about images, workloads or events that users care about. `id` is a UUID; `isDefault` marks those that
/// Bulwark ships, whose criteria are not edited but copied.
public record Policy(
        String id,
        String name,
        String description,
        String rationale,
        String remediation,
        boolean disabled,
        Severity severity,
        List<String> categories,
        List<LifecycleStage> stages,
        EventSource eventSource,
        List<PolicySection> sections,
        List<PolicyScope> scopes,
        List<Exclusion> exclusions,
        List<EnforcementAction> enforcementActions,
        List<MitreVector> mitre,
        List<String> notifiers,
        boolean isDefault) {
    public Policy {
        categories = List.copyOf(categories);
        stages = List.copyOf(stages);
        sections = List.copyOf(sections);
        scopes = List.copyOf(scopes);
        exclusions = List.copyOf(exclusions);
        enforcementActions = List.copyOf(enforcementActions);
        mitre = List.copyOf(mitre);
        notifiers = List.copyOf(notifiers);
    }

    /// The same policy, switched on or off.
    public Policy withDisabled(boolean nowDisabled) {
        return new Policy(
                id,
                name,
                description,
                rationale,
                remediation,
                nowDisabled,
                severity,
                categories,
                stages,
                eventSource,
                sections,
                scopes,
                exclusions,
                enforcementActions,
                mitre,
                notifiers,
                isDefault);
    }
}
