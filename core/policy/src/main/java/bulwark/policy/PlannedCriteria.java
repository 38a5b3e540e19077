package bulwark.policy;

import static bulwark.model.policy.EventSource.AUDIT_LOG_EVENT;
import static bulwark.model.policy.EventSource.DEPLOYMENT_EVENT;
import static bulwark.model.policy.EventSource.NODE_EVENT;

import bulwark.policy.criterion.Combination;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.EventKind;
import bulwark.policy.criterion.Grammar;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The criteria that the language has and Bulwark cannot evaluate yet: their values are checked, and a policy with one
/// is refused by its name. A line here goes when its criterion is registered in [Criteria#ALL].
final class PlannedCriteria {
    static final List<Description> ALL = Stream.of(images(), vulnerabilities(), processes(), kubernetes(), files())
            .flatMap(List::stream)
            .toList();

    private PlannedCriteria() {}

    private static List<Description> images() {
        var text = new Grammar.Text();
        var pair = new Grammar.KeyValue();
        return List.of(
                Description.ofImage("Image OS", "The operating system of the image matches name:version", text),
                Description.ofImage("Image User", "The user that the image runs as matches a pattern", text),
                days(Description.ofImage("Image Age", "The image was made so many days ago", new Grammar.Whole())),
                days(Description.ofImage(
                        "Image Scan Age", "The image was scanned so many days ago", new Grammar.Whole())),
                days(Description.ofImage("Unscanned Image", "The image was not scanned", new Grammar.Flag())),
                Description.ofImage("Image Component", "The image holds a component name=version", component())
                        .notNegatable(),
                Description.ofImage(
                                "Dockerfile Line",
                                "A line of the image's Dockerfile matches",
                                new Grammar.DockerfileLine(false))
                        .notNegatable(),
                Description.ofImage("Required Image Label", "The image lacks a label", pair)
                        .notNegatable(),
                Description.ofImage("Disallowed Image Label", "The image has a label", pair)
                        .notNegatable(),
                Description.ofImage("Image Signature Verified By", "No listed integration verified it", signature())
                        .notNegatable()
                        .taking(Combination.OR),
                Description.ofWorkload(
                                "Minimum RBAC Permissions",
                                "The ServiceAccount may do at least so much",
                                choice("DEFAULT", "ELEVATED_IN_NAMESPACE", "ELEVATED_CLUSTER_WIDE", "CLUSTER_ADMIN"))
                        .taking(Combination.ONE));
    }

    private static List<Description> vulnerabilities() {
        var score = new Grammar.Amount("");
        var severity = new Grammar.Ranked(List.of("UNKNOWN", "LOW", "MODERATE", "IMPORTANT", "CRITICAL"));
        return Stream.concat(
                        Stream.of(
                                Description.ofImage("CVE", "The image has a CVE", new Grammar.Text()),
                                Description.ofImage("CVSS", "A CVE of the image has a score", score)
                                        .notNegatable(),
                                Description.ofImage("NVD CVSS", "A CVE has a score by NVD", score)
                                        .notNegatable(),
                                Description.ofImage("Severity", "A CVE is of a severity", severity)
                                        .notNegatable(),
                                Description.ofImage("Fixed By", "A CVE is fixed by a version", new Grammar.Text()),
                                days(Description.ofImage("Fixable", "A CVE can be fixed", new Grammar.Flag()))),
                        Stream.of(
                                        "CVE Was Published",
                                        "CVE Was First Discovered In Image",
                                        "CVE Was First Discovered In System",
                                        "CVE Fix Was Available")
                                .map(what -> days(Description.ofImage(
                                        "Days Since " + what, "So many days have passed", new Grammar.Whole()))))
                .toList();
    }

    private static List<Description> processes() {
        var sources = Set.of(DEPLOYMENT_EVENT, NODE_EVENT);
        var process = Set.of(EventKind.PROCESS);
        var text = new Grammar.Text();
        var flag = new Grammar.Flag();
        return List.of(
                Description.ofEvent("Process Name", "The name of the process matches", text, sources, process),
                Description.ofEvent("Process Ancestor", "The path of an ancestor matches", text, sources, process),
                Description.ofEvent("Process Arguments", "The arguments contain a pattern", text, sources, process),
                Description.ofEvent("Process UID", "The process runs as", new Grammar.Beginning(), sources, process),
                days(Description.ofEvent(
                        "Unexpected Process Executed", "Not in the baseline", flag, Set.of(DEPLOYMENT_EVENT), process)),
                days(Description.ofEvent(
                        "Unexpected Network Flow Detected",
                        "Not in the baseline",
                        flag,
                        Set.of(DEPLOYMENT_EVENT),
                        Set.of(EventKind.NETWORK_FLOW))));
    }

    private static List<Description> kubernetes() {
        var audit = Set.of(AUDIT_LOG_EVENT);
        var both = Set.of(DEPLOYMENT_EVENT, AUDIT_LOG_EVENT);
        var kinds = Set.of(EventKind.KUBERNETES, EventKind.AUDIT_LOG);
        var log = Set.of(EventKind.AUDIT_LOG);
        var loose = new Grammar.Beginning();
        var resources = new Grammar.BySource(
                choice("PODS_EXEC", "PODS_PORTFORWARD", "PODS_ATTACH"),
                choice(
                        "SECRETS",
                        "CONFIGMAPS",
                        "CLUSTER_ROLES",
                        "CLUSTER_ROLE_BINDINGS",
                        "NETWORK_POLICIES",
                        "SECURITY_CONTEXT_CONSTRAINTS",
                        "EGRESS_FIREWALLS"));
        var verbs = choice("CREATE", "DELETE", "GET", "PATCH", "UPDATE");
        return List.of(
                Description.ofEvent("Kubernetes Resource", "What was asked for", resources, both, kinds)
                        .notNegatable(),
                Description.ofEvent("Kubernetes User Name", "Who asked", subject(), both, kinds),
                Description.ofEvent("Kubernetes User Groups", "Which groups asked", subject(), both, kinds),
                Description.ofEvent("Kubernetes API Verb", "What was done", verbs, audit, log)
                        .notNegatable(),
                Description.ofEvent("Kubernetes Resource Name", "The name of the object", loose, audit, log),
                Description.ofEvent("Source IP Address", "Where the request came from", address(), audit, log),
                Description.ofEvent("User Agent", "With which program", loose, audit, log),
                days(Description.ofEvent(
                        "Is Impersonated User", "Somebody acted as another", new Grammar.Flag(), audit, log)));
    }

    private static List<Description> files() {
        var sources = Set.of(DEPLOYMENT_EVENT, NODE_EVENT);
        var operations =
                choice("OPEN", "CREATE", "RENAME", "UNLINK", "OWNERSHIP_CHANGE", "PERMISSION_CHANGE", "XATTR_CHANGE");
        return List.of(
                Description.ofEvent("File Path", "The file", path(), sources, Set.of(EventKind.FILE))
                        .notNegatable(),
                Description.ofEvent(
                        "File Operation", "What was done to it", operations, sources, Set.of(EventKind.FILE)));
    }

    private static Description days(Description description) {
        return description.notNegatable().taking(Combination.ONE);
    }

    private static Grammar choice(String... words) {
        return new Grammar.Choice(List.of(words));
    }

    private static Grammar component() {
        return new Grammar.Other("name=version, the name not empty", value -> value.indexOf('=') > 0);
    }

    private static Grammar signature() {
        return new Grammar.Other(
                "the id of a signature integration",
                value -> value.startsWith("io.stackrox.signatureintegration.") && value.length() == 69);
    }

    private static Grammar path() {
        return new Grammar.Other(
                "an absolute path, perhaps with *, ** and ?, without ..",
                value -> value.startsWith("/") && !List.of(value.split("/", -1)).contains(".."));
    }

    private static Grammar subject() {
        return new Grammar.Other("a name of letters, digits, - and :", value -> {
            if (value.isEmpty() || !isAlphanumeric(value.charAt(0))) return false;
            return isAlphanumeric(value.charAt(value.length() - 1))
                    && value.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == ':');
        });
    }

    private static Grammar address() {
        return new Grammar.Other("an IPv4 or IPv6 address", value -> {
            if (value.indexOf('.') >= 0 && value.indexOf(':') < 0) {
                String[] parts = value.split("\\.", -1);
                return parts.length == 4 && Stream.of(parts).allMatch(PlannedCriteria::isByte);
            }
            return value.indexOf(':') >= 0
                    && value.split(":", -1).length <= 8
                    && value.chars().allMatch(c -> c == ':' || Character.digit(c, 16) >= 0);
        });
    }

    private static boolean isByte(String text) {
        return !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
