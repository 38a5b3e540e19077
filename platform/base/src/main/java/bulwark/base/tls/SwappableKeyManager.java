package bulwark.base.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives TLS one key and chain, which may be swapped while it is in use: connections made from then on use the new one.
///
/// A handshake asks for alias, key and chain one after the other; the alias names one generation, so that a swap in
/// between never mixes two. The last few generations are kept for that.
public final class SwappableKeyManager extends X509ExtendedKeyManager {
    private static final int KEPT = 4;

    private final AtomicReference<String> current = new AtomicReference<>("");
    private final Map<String, KeyAndChain> generations = new ConcurrentHashMap<>();
    private final Map<String, Boolean> order = new LinkedHashMap<>(); // guarded by this
    private long count; // guarded by this

    public SwappableKeyManager(KeyAndChain first) {
        swap(first);
    }

    /// Uses another key and chain for connections made from now on.
    public synchronized void swap(KeyAndChain next) {
        String alias = "generation-" + count++;
        generations.put(alias, next);
        order.put(alias, true);
        current.set(alias);
        if (order.size() > KEPT) {
            String oldest = order.keySet().iterator().next();
            order.remove(oldest);
            generations.remove(oldest);
        }
    }

    /// What connections made now are shown.
    public KeyAndChain current() {
        KeyAndChain found = generations.get(current.get());
        if (found == null) throw new IllegalStateException("the current generation is always kept");
        return found;
    }

    private @Nullable String alias(String... keyTypes) {
        String algorithm = current().key().getAlgorithm();
        return Arrays.stream(keyTypes).anyMatch(type -> type.startsWith(algorithm)) ? current.get() : null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket to) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket to) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        KeyAndChain found = generations.get(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        KeyAndChain found = generations.get(alias);
        return found == null ? null : found.key();
    }
}
