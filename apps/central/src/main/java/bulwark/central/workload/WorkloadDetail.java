package bulwark.central.workload;

import bulwark.central.view.AlertRow;
import bulwark.central.view.WorkloadRow;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A workload with its document as stored, its pods, its alerts and the policies that could not be decided.
record WorkloadDetail(
        @JsonUnwrapped WorkloadRow row,
        @JsonRawValue String document,
        List<PodRow> podList,
        List<AlertRow> alertList,
        List<UndecidedPolicy> undecided) {
    WorkloadDetail {
        podList = List.copyOf(podList);
        alertList = List.copyOf(alertList);
        undecided = List.copyOf(undecided);
    }

    record PodRow(
            String name,
            String node,
            String phase,
            @Nullable String podIp,
            int restarts) {}

    record UndecidedPolicy(String policyName, String reason) {}
}
