package org.meterledger.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterledger.server.TestDatabase;

/** No column of secrets is left out when the master key changes. */
class SecretColumnTest {

  /** Hashes of random secrets, of requests and of names: they need no key. */
  private static final String HASH = ".*\\.(\\w+_)?(hash|digests?)";

  private static final Set<String> OTHERS =
      Set.of(
          "audit_seal.previous",
          "sign_in_attempt.key",
          // signed for everybody to read, its digest, and a public key
          "charging_record.sha256",
          "charging_record.text",
          "charging_key.key");

  /** Every column of bytes, and whether its comment says that it is encrypted. */
  private static List<String> columns(boolean encrypted) {
    return TestDatabase.database()
        .query(
            """
            select c.relname || '.' || a.attname
              from pg_attribute a join pg_class c on c.oid = a.attrelid
             where c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'bytea'::regtype
               and c.relnamespace = 'public'::regnamespace and not a.attisdropped
               and coalesce(col_description(c.oid, a.attnum), '') like 'AES-GCM%' = ?""",
            row -> row.getString(1), encrypted);
  }

  @Test
  void everyColumnThatIsEncryptedIsInTheList() {
    assertThat(columns(true))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SecretColumn.values()).map(SecretColumn::toString).toList());
  }

  @Test
  void everyOtherColumnOfBytesIsKnownToHoldNoSecret() {
    assertThat(columns(false))
        .as("neither a hash nor commented as AES-GCM")
        .allSatisfy(
            column ->
                assertThat(OTHERS.contains(column) || column.matches(HASH)).as(column).isTrue());
  }
}
