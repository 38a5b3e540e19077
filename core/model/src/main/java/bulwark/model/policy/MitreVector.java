package bulwark.model.policy;

import java.util.List;

/// A MITRE ATT&CK tactic (`TA0006`) with techniques (`T1552.007`).
public record MitreVector(String tactic, List<String> techniques) {
    public MitreVector {
        techniques = List.copyOf(techniques);
    }
}
