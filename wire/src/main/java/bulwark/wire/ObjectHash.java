package bulwark.wire;

import bulwark.model.inventory.ObjectKey;

/// An object and the hash of its document: all that two inventories need to tell whether they agree on it.
public record ObjectHash(ObjectKey key, long hash) {}
