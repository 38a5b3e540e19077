package bulwark.central.cluster;

import static bulwark.central.tables.Tables.AUTHORITY;

import bulwark.base.UserError;
import bulwark.base.secret.SecretBox;
import bulwark.base.tls.Issuer;
import bulwark.base.tls.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/// Certificate authorities in PostgreSQL, their keys sealed.
final class AuthorityStore {
    private static final String PURPOSE = "authority";
    private static final int MOST = 20;

    private final SecretBox box;

    AuthorityStore(SecretBox box) {
        this.box = box;
    }

    /// Keeps other Centrals from adding an authority until the transaction ends.
    void lock(DSLContext transaction) {
        transaction.execute("lock table authority in exclusive mode");
    }

    /// Those whose time is not over, newest first.
    List<Issuer> valid(DSLContext db, Instant now) throws IOException {
        var rows = db.select(AUTHORITY.CERTIFICATE, AUTHORITY.SEALED_KEY)
                .from(AUTHORITY)
                .where(AUTHORITY.EXPIRES_AT.gt(now))
                .orderBy(AUTHORITY.CREATED_AT.desc(), AUTHORITY.ID.desc())
                .limit(MOST)
                .fetch();
        var found = new ArrayList<Issuer>();
        for (var row : rows) {
            try {
                String key = new String(
                        box.open(row.get(AUTHORITY.SEALED_KEY), PURPOSE), java.nio.charset.StandardCharsets.US_ASCII);
                found.add(new Issuer(Pem.certificate(row.get(AUTHORITY.CERTIFICATE)), Pem.privateKey(key)));
            } catch (GeneralSecurityException e) {
                throw new UserError(
                        "key file",
                        "the one that sealed what this database stores",
                        "it is another",
                        "put the right one into the data directory, or name it with --key-file",
                        e);
            }
        }
        return found;
    }

    void add(DSLContext transaction, UUID id, Issuer issuer, Instant now) {
        byte[] key = Pem.of(issuer.key()).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        transaction
                .insertInto(AUTHORITY)
                .set(AUTHORITY.ID, id)
                .set(AUTHORITY.CERTIFICATE, Pem.of(issuer.certificate()))
                .set(AUTHORITY.SEALED_KEY, box.seal(key, PURPOSE))
                .set(AUTHORITY.CREATED_AT, now)
                .set(AUTHORITY.EXPIRES_AT, issuer.certificate().getNotAfter().toInstant())
                .execute();
    }
}
