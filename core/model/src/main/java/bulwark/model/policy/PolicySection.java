package bulwark.model.policy;

import java.util.List;

/// Criteria that must all hold; a policy is violated where one of its sections is.
public record PolicySection(String name, List<PolicyGroup> groups) {
    public PolicySection {
        groups = List.copyOf(groups);
    }
}
