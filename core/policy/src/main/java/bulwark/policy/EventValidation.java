package bulwark.policy;

import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicySection;
import bulwark.policy.criterion.EventKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What is wrong with the criteria of a run-time policy taken together: it looks at one kind of event, and some
/// criteria need others beside them.
final class EventValidation {
    private EventValidation() {}

    static List<Problem> of(Policy policy) {
        var problems = new ArrayList<Problem>();
        if (!policy.stages().contains(LifecycleStage.RUNTIME)) return problems;
        var groups = EnumSet.noneOf(Family.class);
        boolean processAlone = false;
        boolean file = false;
        for (int i = 0; i < policy.sections().size(); i++) {
            PolicySection section = policy.sections().get(i);
            String path = "sections[" + i + "].groups";
            Set<String> fields =
                    section.groups().stream().map(group -> group.field()).collect(Collectors.toSet());
            Set<EventKind> kinds = kindsOf(section, policy.eventSource());
            for (EventKind kind : kinds) groups.add(Family.of(kind));
            file |= kinds.contains(EventKind.FILE);
            processAlone |= kinds.contains(EventKind.PROCESS) && !kinds.contains(EventKind.FILE);
            needs(problems, path, fields, policy.eventSource());
        }
        if (groups.isEmpty()) problems.add(new Problem("sections", "a criterion about events", "none"));
        if (groups.size() > 1) {
            problems.add(new Problem("sections", "criteria about one kind of event", groups.toString()));
        }
        if (file && processAlone) {
            problems.add(new Problem("sections", "no section about processes alone beside one about files", "both"));
        }
        return problems;
    }

    private static Set<EventKind> kindsOf(PolicySection section, EventSource source) {
        var kinds = EnumSet.noneOf(EventKind.class);
        for (var group : section.groups()) {
            Criteria.described(group.field()).ifPresent(description -> kinds.addAll(description.events()));
        }
        // Some criteria are about the audit log and about requests seen in admission: the policy's source says which.
        if (source == EventSource.AUDIT_LOG_EVENT) kinds.remove(EventKind.KUBERNETES);
        else if (kinds.contains(EventKind.KUBERNETES)) kinds.remove(EventKind.AUDIT_LOG);
        return kinds;
    }

    private static void needs(List<Problem> problems, String path, Set<String> fields, EventSource source) {
        boolean user = fields.contains("Kubernetes User Name") || fields.contains("Kubernetes User Groups");
        if (source == EventSource.AUDIT_LOG_EVENT || user) {
            need(problems, path, fields, "Kubernetes Resource");
        }
        if (source == EventSource.AUDIT_LOG_EVENT) need(problems, path, fields, "Kubernetes API Verb");
        if (source == EventSource.NODE_EVENT || fields.contains("File Operation")) {
            need(problems, path, fields, "File Path");
        }
    }

    private static void need(List<Problem> problems, String path, Set<String> fields, String field) {
        if (!fields.contains(field)) {
            problems.add(new Problem(path, "the criterion " + field + " too", String.join(", ", fields)));
        }
    }

    private enum Family {
        PROCESS_OR_FILE,
        NETWORK_FLOW,
        KUBERNETES,
        AUDIT_LOG;

        static Family of(EventKind kind) {
            return switch (kind) {
                case PROCESS, FILE -> PROCESS_OR_FILE;
                case NETWORK_FLOW -> NETWORK_FLOW;
                case KUBERNETES -> KUBERNETES;
                case AUDIT_LOG -> AUDIT_LOG;
            };
        }
    }
}
