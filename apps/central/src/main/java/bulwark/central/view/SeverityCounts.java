package bulwark.central.view;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How many alerts there are of each severity.
public record SeverityCounts(
        @JsonProperty("LOW") long low,
        @JsonProperty("MEDIUM") long medium,
        @JsonProperty("HIGH") long high,
        @JsonProperty("CRITICAL") long critical) {
    @JsonProperty("total")
    public long total() {
        return low + medium + high + critical;
    }
}
