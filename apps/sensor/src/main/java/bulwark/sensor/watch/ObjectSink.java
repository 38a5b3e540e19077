package bulwark.sensor.watch;

import bulwark.kubernetes.Tree;
import java.util.Set;

/// Takes what lists and watches say. Calls for one resource come one after the other, those for different resources
/// at once.
public interface ObjectSink {
    /// An object as a list shows it: the truth at the moment of the list, also where its version is lower than what
    /// was seen (a restored etcd).
    void listed(WatchedResource resource, Tree.Mapping object);

    /// An object was added or changed.
    void changed(WatchedResource resource, Tree.Mapping object);

    /// An object is gone.
    void deleted(WatchedResource resource, Tree.Mapping object);

    /// A list is complete: every object of the resource that is not among these names (`namespace/name`) is gone.
    void retainOnly(WatchedResource resource, Set<String> names);
}
