package org.meterledger.system;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;

/** A token of an account, made by who owns the database, and gone when it is closed. */
public final class ApiToken implements AutoCloseable {

  private static final int BYTES = 32;

  private static final String ISSUE =
      """
      insert into api_token (account_id, label, token_hash, created_at, expires_at)
      select id, 'made beside the server', ?, now(), now() + interval '1 hour'
        from account where name = ?""";

  private final Database database;
  private final String text;

  private ApiToken(Database database, String text) {
    this.database = database;
    this.text = text;
  }

  public static ApiToken issued(Database database, String account) throws SQLException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    ApiToken token = new ApiToken(database, "mla_" + HexFormat.of().formatHex(random));
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert = connection.prepareStatement(ISSUE)) {
      insert.setBytes(1, token.hash());
      insert.setString(2, account);
      if (insert.executeUpdate() != 1) {
        throw new IllegalStateException("There is no account " + account);
      }
    }
    return token;
  }

  private byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public String text() {
    return text;
  }

  /** The value of the header Authorization. */
  public String header() {
    return "Bearer " + text;
  }

  @Override
  public void close() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from api_token where token_hash = ?")) {
      delete.setBytes(1, hash());
      delete.executeUpdate();
    }
  }
}
