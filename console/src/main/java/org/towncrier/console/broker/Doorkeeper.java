package org.towncrier.console.broker;

import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the broker's two questions: is it them, and may they. Asked at every packet, because the
 * broker's own caches are off.
 *
 * <p>The broker's addresses are MQTT's topics to the letter (see {@link BrokerSettings}), and a
 * subscriber's queue is {@code address::client-id.address}. Whatever the broker keeps for itself
 * ({@code $sys…}) it reaches without asking, and nobody else is let in.
 */
final class Doorkeeper implements ActiveMQSecurityManager5 {
  private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);
  private static final String QUEUE = "::";

  private final Accounts accounts;

  Doorkeeper(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      @Nullable RemotingConnection connection,
      @Nullable String securityDomain) {
    Optional<Account> account = find(user, password);
    if (account.isEmpty() || connection == null) {
      return null;
    }
    // A client id is a place to be thrown off from: nobody takes another's.
    if (!account.get().username().equals(connection.getClientID())) {
      log.debug("{} came with a client id of another", user);
      return null;
    }
    Subject subject = new Subject();
    subject.getPrincipals().add(new UserPrincipal(account.get().username()));
    subject.getPrincipals().add(new Account.Holder(account.get()));
    return subject;
  }

  private Optional<Account> find(@Nullable String user, @Nullable String password) {
    try {
      return accounts.find(user, password);
    } catch (RuntimeException e) {
      log.error("The account {} can't be looked up, so it isn't let in", user, e);
      return Optional.empty();
    }
  }

  @Override
  public boolean authorize(
      @Nullable Subject subject, @Nullable Set<Role> roles, CheckType check, String address) {
    if (subject == null) {
      return false;
    }
    return subject.getPrincipals(Account.Holder.class).stream()
        .anyMatch(holder -> may(holder.account(), check, address));
  }

  static boolean may(Account account, CheckType check, String address) {
    int at = address.indexOf(QUEUE);
    String topic = at < 0 ? address : address.substring(0, at);
    boolean hears = account.mayHear(topic);
    return switch (check) {
      case SEND -> at < 0 && account.mayPublish(topic);
      case CREATE_ADDRESS -> account.mayPublish(topic) || hears;
      case CONSUME, CREATE_NON_DURABLE_QUEUE, DELETE_NON_DURABLE_QUEUE ->
          hears
              && at >= 0
              && address.substring(at + QUEUE.length()).equals(account.username() + "." + topic);
      default -> false;
    };
  }

  @Override
  public boolean validateUser(String user, String password) {
    return false;
  }

  @Override
  public boolean validateUserAndRole(
      String user, String password, Set<Role> roles, CheckType checkType) {
    return false;
  }
}
