package bulwark.central.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a list: `next` is absent on the last one; `total` is exact up to 1,000 and 1,001 beyond.
public record Page<T>(List<T> items, @Nullable String next, long total) {
    public Page {
        items = List.copyOf(items);
    }
}
