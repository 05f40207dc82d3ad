package org.towncrier.console.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionOperations;
import org.towncrier.console.audit.AuditTrail;

/** Accounts and the rules they keep. Every change is one transaction. */
public final class People {
  /** How long a one-time link works. */
  public static final Duration LINK_LIFE = Duration.ofHours(24);

  /** As the audit trail names what was done from the command line. */
  static final String CONSOLE = "console";

  /** The history says by these that no person did it. */
  private static final Set<String> NOBODY = Set.of(CONSOLE, "import");

  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  /** As the audit trail says that the sign-in service knows somebody from then on. */
  private static final String LINKED = "signed in by the sign-in service for the first time";

  /** One answer for all of them: the service may let strangers ask. */
  private static final String NOT_LET_IN =
      "You have no account here, or it is switched off. Ask an administrator of Towncrier to add"
          + " you with the email address of that account";

  private final PeopleStore store;
  private final TransactionOperations transactions;
  private final InstantSource clock;
  private final PasswordEncoder encoder;
  private final AuditTrail audit;
  private final PasswordRule rule = PasswordRule.shipped();

  People(
      PeopleStore store,
      TransactionOperations transactions,
      InstantSource clock,
      PasswordEncoder encoder,
      AuditTrail audit) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
    this.encoder = encoder;
    this.audit = audit;
  }

  /** Everybody, those who may sign in first. */
  public List<Person> all() {
    return store.all();
  }

  /** Whoever signs in with that name, in any case of letters. */
  public Optional<Person> find(String username) {
    return store.byUsername(username.strip());
  }

  Optional<Person> find(long id) {
    return store.byId(id);
  }

  /** A name to show; the username itself when nobody has it (an import, say). */
  public String displayName(String username) {
    return store.byUsername(username).map(Person::displayName).orElse(username);
  }

  boolean hasWorkingAdministrator() {
    return store.all().stream().anyMatch(Person::worksAsAdministrator);
  }

  /**
   * Adds somebody, who can sign in once they have set a password by the link.
   *
   * @return the secret part of the link, which nobody can read again
   * @throws RefusedException when a field is not as it should be
   */
  public String add(String username, String displayName, Set<Role> roles) {
    return add(CONSOLE, username, displayName, roles);
  }

  /**
   * As {@link #add(String, String, Set)}, by somebody.
   *
   * @param who the username of the administrator who does it
   */
  public String add(String who, String username, String displayName, Set<Role> roles) {
    return add(who, username, displayName, "", roles);
  }

  /**
   * As {@link #add(String, String, String, Set)}.
   *
   * @param email where links are sent; empty for the username, when that is an address
   */
  public String add(
      String who, String username, String displayName, String email, Set<Role> roles) {
    return inTransaction(() -> issueLink(insert(who, username, displayName, email, roles)));
  }

  /**
   * Adds somebody who can't sign in, not even by the sign-in service, before an administrator lets
   * them.
   *
   * @param who whose program does it
   * @throws RefusedException when a field is not as it should be
   */
  public void addDisabled(String who, String username, String displayName, Set<Role> roles) {
    inTransaction(
        () -> {
          long id = insert(who, username, displayName, "", roles);
          store.setEnabled(id, false);
          return id;
        });
  }

  private long insert(
      String who, String username, String displayName, String email, Set<Role> roles) {
    String name = username.strip().toLowerCase(Locale.ROOT);
    String shown = displayName.strip();
    if (!USERNAME.matcher(name).matches()) {
      throw new RefusedException(
          "username",
          "Enter an email address or a username of letters, digits, dots, dashes or underscores");
    }
    if (shown.isEmpty() || shown.length() > 100) {
      throw new RefusedException("displayName", "Enter the person's name, 100 characters or fewer");
    }
    String typed = email.isBlank() && EMAIL.matcher(name).matches() ? name : email.strip();
    requireEmail(typed);
    requireRole(roles);
    if (NOBODY.contains(name) || store.byUsername(name).isPresent()) {
      throw new RefusedException("username", "Somebody has the username " + name + " already");
    }
    requireFreeEmail(typed, 0);
    long id = store.insert(name, shown, clock.instant());
    store.setEmail(id, typed.isEmpty() ? null : typed);
    store.setRoles(id, roles);
    audit.add(who, "added", subject(name), words(roles));
    return id;
  }

  /**
   * A fresh link for somebody who lost theirs or forgot the password. The one before stops working;
   * the password, if any, works on until the link is used.
   */
  public String newLink(String who, long id) {
    return inTransaction(
        () -> {
          Person person = existing(id);
          if (!person.enabled()) {
            throw new RefusedException("enabled", "Enable this person before you make a link");
          }
          audit.add(who, "made a one-time link", subject(person.username()), "");
          return issueLink(id);
        });
  }

  /**
   * @throws RefusedException when it would leave nobody to administer, or the person without a role
   */
  public void setRoles(String who, long id, Set<Role> roles) {
    requireRole(roles);
    inTransaction(
        () -> {
          Person person = existing(id);
          if (!roles.contains(Role.ADMINISTRATOR)) {
            requireAnotherAdministrator(person);
          }
          store.setRoles(id, roles);
          audit.add(who, "changed the roles", subject(person.username()), words(roles));
          return person;
        });
  }

  /**
   * Lets somebody in again, or ends their sessions and keeps them out.
   *
   * @throws RefusedException when it would leave nobody to administer
   */
  public void setEnabled(String who, long id, boolean enabled) {
    inTransaction(
        () -> {
          Person person = existing(id);
          if (!enabled) {
            requireAnotherAdministrator(person);
            store.deleteLink(id);
          }
          store.setEnabled(id, enabled);
          audit.add(who, enabled ? "enabled" : "disabled", subject(person.username()), "");
          return person;
        });
  }

  /**
   * Where links are sent from now on, and what a sign-in service may know the person by: it has to
   * introduce them anew by another address.
   *
   * @param email empty for none
   * @throws RefusedException when it is not as it should be, or would leave nobody to administer
   */
  void setEmail(String who, long id, String email) {
    String typed = email.strip();
    requireEmail(typed);
    inTransaction(
        () -> {
          Person person = existing(id);
          requireFreeEmail(typed, id);
          if (!typed.equalsIgnoreCase(Objects.requireNonNullElse(person.email(), ""))) {
            forget(person);
          }
          store.setEmail(id, typed.isEmpty() ? null : typed);
          audit.add(who, "changed the email address", subject(person.username()), "");
          return person;
        });
  }

  /**
   * Whom a sign-in service lets in: nobody who has no account here. The first time by an address
   * that the service has verified, from then on by its own name for them, so that an address that
   * passes on to a colleague does not pass on the account. That first time ends the password.
   *
   * @param subject the service's address and its own name for the person, in one
   * @param verifiedEmail null when there is none, or the service did not verify it
   * @throws RefusedException with what to do, when they have none or may not come in
   */
  Person byProvider(String subject, @Nullable String verifiedEmail) {
    return inTransaction(
        () -> {
          Person person =
              store.byProvider(subject).orElseGet(() -> linkByEmail(subject, verifiedEmail));
          if (!person.enabled()) {
            throw new RefusedException("provider", NOT_LET_IN);
          }
          return person;
        });
  }

  private Person linkByEmail(String subject, @Nullable String verifiedEmail) {
    Person person =
        Optional.ofNullable(verifiedEmail)
            .flatMap(store::byEmail)
            .filter(found -> found.enabled() && !found.linked())
            .orElseThrow(() -> new RefusedException("provider", NOT_LET_IN));
    // Somebody else may have given the account that address: whoever has its password must notice
    // that there is another way in, as with a link to set a new one.
    store.setPasswordHash(person.id(), null);
    store.deleteLink(person.id());
    store.setProvider(person.id(), subject);
    audit.add(
        person.username(),
        LINKED,
        subject(person.username()),
        person.hasPassword() ? "The password before it works no more" : "");
    return existing(person.id());
  }

  /** Since when the sign-in service lets that person in; nothing when it does not. */
  Optional<Instant> linkedSince(Person person) {
    return audit.of(subject(person.username())).stream()
        .filter(entry -> person.linked() && entry.what().equals(LINKED))
        .map(AuditTrail.Entry::at)
        .findFirst();
  }

  private void forget(Person person) {
    if (person.linked()) {
      if (!person.hasPassword()) {
        requireAnotherAdministrator(person);
      }
      store.setProvider(person.id(), null);
      store.setEnabled(person.id(), person.enabled()); // Ends their sessions.
    }
  }

  /**
   * Lets the service introduce somebody anew: their account there was replaced, say.
   *
   * @throws RefusedException when it would leave nobody to administer
   */
  void forgetProvider(String who, long id) {
    inTransaction(
        () -> {
          Person person = existing(id);
          forget(person);
          audit.add(who, "forgot the sign-in service's account of", subject(person.username()), "");
          return person;
        });
  }

  /** Whose link this is, while it works. */
  Optional<Person> holder(String token) {
    return store
        .link(new OneTimeToken(token).hash())
        .filter(link -> clock.instant().isBefore(link.expiresAt()))
        .flatMap(link -> store.byId(link.person()))
        .filter(Person::enabled);
  }

  /**
   * Uses a link up. The sign-in service, if it let the person in before, has to introduce them
   * anew.
   *
   * @return whose password it is; nothing when the link does not work, or no longer
   * @throws RefusedException when the password is not good enough; the link works on
   */
  public Optional<Person> setPassword(String token, String password) {
    Optional<Person> candidate = holder(token);
    if (candidate.isEmpty()) {
      return candidate;
    }
    rule.refusal(password, candidate.get().username())
        .ifPresent(
            why -> {
              throw new RefusedException("password", why);
            });
    // Slow on purpose, so outside the transaction: SQLite has one writer.
    String hash = String.valueOf(encoder.encode(password));
    return inTransaction(
        () -> {
          Optional<Person> person = holder(token);
          person.ifPresent(
              found -> {
                store.deleteLink(found.id());
                // Nobody who came in by the service before is in beside them unseen.
                store.setProvider(found.id(), null);
                store.setPasswordHash(found.id(), hash);
                audit.add(found.username(), "set a password", subject(found.username()), "");
              });
          return person;
        });
  }

  /** Whether that is a code of the person's app that was not used before. It is used by that. */
  boolean showsSecondFactor(String username, String code) {
    return inTransaction(
        () ->
            store
                .byUsername(username)
                .flatMap(
                    person ->
                        store
                            .secondFactor(person.id())
                            .map(
                                factor -> {
                                  OptionalLong step =
                                      factor.totp().step(code, clock.instant(), factor.used());
                                  step.ifPresent(used -> store.useStep(person.id(), used));
                                  return step.isPresent();
                                }))
                .orElse(false));
  }

  /**
   * Asks for a code from now on.
   *
   * @param code proves that the app has the secret
   * @throws RefusedException when it is not the app's code
   */
  void setSecondFactor(String username, Totp totp, String code) {
    inTransaction(
        () -> {
          Person person = store.byUsername(username).orElseThrow();
          long used =
              totp.step(code, clock.instant(), 0)
                  .orElseThrow(
                      () ->
                          new RefusedException(
                              "code",
                              "That is not the code of this key. Is the clock of your phone right?"));
          store.setSecondFactor(person.id(), totp, used);
          audit.add(username, "switched the second factor on", subject(username), "");
          return person;
        });
  }

  /** Asks for a code no more: by the person, or by an administrator when the phone is lost. */
  void removeSecondFactor(String who, String username) {
    inTransaction(
        () -> {
          Person person = store.byUsername(username).orElseThrow();
          store.setSecondFactor(person.id(), null, 0);
          audit.add(who, "switched the second factor off", subject(username), "");
          return person;
        });
  }

  /** What the sign-in compares with; nothing for somebody without a password. */
  Optional<String> passwordHash(Person person) {
    return Optional.ofNullable(store.passwordHash(person.id()));
  }

  private static String subject(String username) {
    return "person " + username;
  }

  private static String words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::title).collect(Collectors.joining(", "));
  }

  private String issueLink(long id) {
    OneTimeToken token = OneTimeToken.random();
    store.putLink(id, token.hash(), clock.instant().plus(LINK_LIFE));
    return token.value();
  }

  private Person existing(long id) {
    return store
        .byId(id)
        .orElseThrow(() -> new RefusedException("id", "There is no such person any more"));
  }

  private static void requireRole(Set<Role> roles) {
    if (roles.isEmpty()) {
      throw new RefusedException("roles", "Select at least one role");
    }
  }

  private static void requireEmail(String email) {
    if (!email.isEmpty() && (email.length() > 200 || !EMAIL.matcher(email).matches())) {
      throw new RefusedException(
          "email", "Enter an email address such as name@example.gov.uk, or leave it empty");
    }
  }

  private void requireFreeEmail(String email, long but) {
    if (!email.isEmpty() && store.byEmail(email).filter(other -> other.id() != but).isPresent()) {
      throw new RefusedException("email", "Somebody else has that email address");
    }
  }

  private void requireAnotherAdministrator(Person person) {
    if (person.worksAsAdministrator()
        && store.all().stream()
            .noneMatch(other -> other.id() != person.id() && other.worksAsAdministrator())) {
      throw new RefusedException(
          "roles",
          person.displayName()
              + " is the only administrator who can sign in; make somebody else one first");
    }
  }

  private <T> T inTransaction(java.util.function.Supplier<T> work) {
    T result = transactions.execute(status -> work.get());
    if (result == null) {
      throw new IllegalStateException("a transaction gave nothing back");
    }
    return result;
  }
}
