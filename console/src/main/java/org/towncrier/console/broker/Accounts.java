package org.towncrier.console.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** Who may connect: the console, by a password made at each start, and the nodes it knows. */
final class Accounts {
  /** Also when an account of that name stands in the database. */
  static final String CONSOLE = "towncrier-console";

  /** Some thousands of nodes with a wrong password or two each. */
  private static final int REMEMBERED = 10_000;

  private final JdbcClient db;
  private final PasswordEncoder passwords;
  private final String consolePassword = random();

  /**
   * What came of passwords that were tried, by a digest of the password and the row it was tried
   * against: BCrypt is slow by design, and the broker asks at every packet. A row that was changed
   * or deleted matches nothing here, so an account that was taken back lapses at once.
   */
  private final Map<String, Boolean> tried =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  Accounts(JdbcClient db, PasswordEncoder passwords) {
    this.db = db;
    this.passwords = passwords;
  }

  String consolePassword() {
    return consolePassword;
  }

  /** The account, when the password is its own. */
  Optional<Account> find(@Nullable String username, @Nullable String password) {
    if (username == null || password == null) {
      return Optional.empty();
    }
    if (username.equals(CONSOLE)) {
      return MessageDigest.isEqual(bytes(password), bytes(consolePassword))
          ? Optional.of(new Account.Console(CONSOLE))
          : Optional.empty();
    }
    return row(username).filter(row -> matches(password, row)).map(Row::account);
  }

  /** Whether who goes by that name may publish there, whoever it really is. */
  boolean mayPublish(@Nullable String username, String topicName) {
    Optional<Account> account =
        username == null || username.equals(CONSOLE)
            ? Optional.empty()
            : row(username).map(Row::account);
    return account.isPresent() && account.get().mayPublish(topicName);
  }

  private Optional<Row> row(String username) {
    return db.sql(
            """
            SELECT password_hash, site, node FROM broker_account
            WHERE username = ? AND site IS NOT NULL AND node IS NOT NULL""")
        .param(username)
        .query(
            (row, number) ->
                new Row(
                    row.getString("password_hash"),
                    new Account.Node(
                        username,
                        new SiteId(row.getString("site")),
                        new NodeId(row.getString("node")))))
        .optional();
  }

  private record Row(String hash, Account account) {}

  private boolean matches(String password, Row row) {
    String key = digest(password + "\n" + row);
    Boolean known = tried.get(key);
    if (known != null) {
      return known;
    }
    boolean right = slowly(password, row);
    tried.put(key, right);
    return right;
  }

  /** One at a time: a crowd that guesses must not take every core. */
  private synchronized boolean slowly(String password, Row row) {
    return passwords.matches(password, row.hash());
  }

  private static String digest(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
