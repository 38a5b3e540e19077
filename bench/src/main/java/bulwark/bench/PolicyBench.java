package bulwark.bench;

import bulwark.model.inventory.WorkloadContext;
import bulwark.model.policy.EventSource;
import bulwark.model.policy.LifecycleStage;
import bulwark.model.policy.Policy;
import bulwark.model.policy.PolicyGroup;
import bulwark.model.policy.PolicyGroup.Operator;
import bulwark.model.policy.PolicySection;
import bulwark.model.policy.Severity;
import bulwark.policy.PolicyEvaluator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// 100 policies (60 of comparisons, 25 of regexes, 15 of several sections) over 5,000 workloads of 3,000 pod shapes, on
/// one thread.
public final class PolicyBench {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final int ROUNDS = 7;

    private PolicyBench() {}

    public static void main(String[] arguments) {
        List<WorkloadContext> fleet = new Fleet(1).workloads(5_000, 3_000);
        PolicyEvaluator evaluator = PolicyEvaluator.compile(policies());
        if (!evaluator.rejections().isEmpty()) throw new IllegalStateException("rejected: " + evaluator.rejections());

        var report = new Report("policy: 100 policies over 5,000 workloads of 3,000 pod shapes, one thread");
        long cold = System.nanoTime();
        long violations = pass(evaluator, fleet);
        report.add("first pass, JVM just started", millis(cold), 0, "ms");
        double[] passes = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            if (pass(evaluator, fleet) != violations) throw new IllegalStateException("two passes differ");
            passes[i] = millis(start);
        }
        Arrays.sort(passes);
        report.add("whole fleet, median of " + ROUNDS, passes[ROUNDS / 2], 1_000, "ms");
        report.add("violations found", (double) violations, 0, "");

        var more = new Fleet(2);
        double[] single = new double[1_000];
        for (int i = 0; i < single.length; i++) {
            WorkloadContext changed = more.changed(10_000 + i);
            long start = System.nanoTime();
            violations += evaluator.evaluate(changed, NOW).violations().size();
            single[i] = millis(start);
        }
        Arrays.sort(single);
        report.add("one changed workload, p99 of " + single.length, single[989], 1, "ms");
        report.add("one changed workload, median", single[500], 0, "ms");
        System.exit(report.print());
    }

    private static long pass(PolicyEvaluator evaluator, List<WorkloadContext> fleet) {
        long violations = 0;
        for (WorkloadContext workload : fleet) {
            violations += evaluator.evaluate(workload, NOW).violations().size();
        }
        return violations;
    }

    private static List<Policy> policies() {
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < 60; i++) policies.add(policy("comparison " + i, List.of(comparison(i))));
        for (int i = 0; i < 25; i++) policies.add(policy("regex " + i, List.of(regex(i))));
        for (int i = 0; i < 15; i++) {
            policies.add(policy("sections " + i, List.of(comparison(i), regex(i), comparison(i + 7))));
        }
        return policies;
    }

    private static PolicySection comparison(int number) {
        List<PolicyGroup> groups = switch (number % 10) {
            case 0 -> List.of(group("Privileged Container", "true"));
            case 1 -> List.of(group("Container CPU Request", "0.000000"), group("Container Memory Limit", "< 200"));
            case 2 -> List.of(group("Replicas", "> " + number % 15));
            case 3 -> List.of(group("Add Capabilities", "SYS_ADMIN"));
            case 4 -> List.of(group("Read-Only Root Filesystem", "false"), group("Privileged Container", "true"));
            case 5 -> List.of(group("Exposed Port", "22"), group("Exposed Port Protocol", "TCP"));
            case 6 -> List.of(group("Host Network", "true"));
            case 7 -> List.of(group("Has Ingress Network Policy", "false"), group("Host PID", "true"));
            case 8 -> List.of(group("Automount Service Account Token", "true"), group("Service Account", "default"));
            default -> List.of(group("Port Exposure Method", "EXTERNAL"));
        };
        return new PolicySection("comparison", groups);
    }

    private static PolicySection regex(int number) {
        List<PolicyGroup> groups = switch (number % 5) {
            case 0 -> List.of(group("Environment Variable", "RAW=.*SECRET.*|.*PASSWORD.*="));
            case 1 -> List.of(group("Volume Source", "(/etc/.*|/sys/.*|/dev/.*|/proc/.*|/var/.*)"));
            case 2 -> List.of(group("Image Remote", ".*/app-" + number + "[0-9]{1,2}"));
            case 3 -> List.of(group("Required Annotation", "email=[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+"));
            default -> List.of(group("Image Tag", "1\\.(1|2|3)" + number % 10), group("Namespace", "namespace-1.*"));
        };
        return new PolicySection("regex", groups);
    }

    private static PolicyGroup group(String field, String value) {
        return new PolicyGroup(field, Operator.OR, false, List.of(value));
    }

    private static Policy policy(String name, List<PolicySection> sections) {
        return new Policy(
                UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString(),
                name,
                "",
                "",
                "",
                false,
                Severity.MEDIUM,
                List.of("Benchmark"),
                List.of(LifecycleStage.DEPLOY),
                EventSource.NOT_APPLICABLE,
                sections,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
