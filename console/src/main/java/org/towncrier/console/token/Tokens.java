package org.towncrier.console.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.input.InvalidInputException.Problem;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Person;
import org.towncrier.console.store.StoreException;
import org.towncrier.console.store.Transactions;

/**
 * The tokens there are, and the rules they keep. An administrator makes one in somebody's name;
 * that person alone is shown its secret, once, so that no administrator can act as somebody else
 * unseen.
 */
@Service
public class Tokens {
  /** An offer that its person has not taken by then is over. */
  static final Duration OFFERED = Duration.ofDays(7);

  /** Each use would be a write to the disk; once a minute says enough. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private static final int NAME = 60;
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

  private final TokenStore store;
  private final Transactions transactions;
  private final People people;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final boolean approvals;

  Tokens(
      TokenStore store,
      Transactions transactions,
      People people,
      AuditTrail audit,
      InstantSource clock,
      ConsoleSettings settings) {
    this.store = store;
    this.transactions = transactions;
    this.people = people;
    this.audit = audit;
    this.clock = clock;
    this.approvals = settings.api().approvals();
  }

  /**
   * A token to be.
   *
   * @param username the person it acts for
   * @param expiresAt null for one that works until it is revoked
   */
  public record Wanted(
      String name, String username, Set<Scope> scopes, @Nullable Instant expiresAt) {
    public Wanted {
      scopes = Set.copyOf(scopes);
    }
  }

  /** What a token can be given here. Programs approve nothing unless the settings say so. */
  public List<Scope> offered() {
    List<Scope> scopes = new ArrayList<>(List.of(Scope.values()));
    if (!approvals) {
      scopes.remove(Scope.MESSAGES_APPROVE);
    }
    return scopes;
  }

  /**
   * Makes a token, for its person to take.
   *
   * @param who the administrator's username
   * @throws InvalidInputException with everything that is wrong
   */
  public Token create(String who, Wanted wanted) {
    String name = wanted.name().strip();
    List<Problem> problems = new ArrayList<>();
    if (name.isEmpty() || name.length() > NAME || name.chars().anyMatch(c -> c < ' ')) {
      problems.add(
          new Problem(
              "name", "Enter what the token is for, %d characters or fewer".formatted(NAME)));
    }
    if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
      problems.add(new Problem("expires", "The last day must be today or later"));
    }
    if (wanted.scopes().isEmpty()) {
      problems.add(new Problem("scopes", "Select at least one thing it may do"));
    }
    return transactions.write(
        () -> {
          Optional<Person> owner = people.find(wanted.username()).filter(Person::enabled);
          if (owner.isEmpty()) {
            problems.add(new Problem("username", "Select somebody who can sign in"));
          } else {
            wanted.scopes().stream().sorted().forEach(scope -> check(scope, owner.get(), problems));
          }
          if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
          }
          Token token =
              existing(
                  store.insert(
                      name,
                      owner.orElseThrow().id(),
                      Scope.write(wanted.scopes()),
                      who,
                      clock.instant(),
                      wanted.expiresAt()));
          audit.add(
              who,
              "made a token",
              token.subject(),
              "\"%s\" for %s: %s".formatted(name, token.username(), Scope.write(token.scopes())));
          return token;
        });
  }

  private void check(Scope scope, Person owner, List<Problem> problems) {
    if (!offered().contains(scope)) {
      problems.add(new Problem("scopes", "Programs may not approve messages here"));
    } else if (!scope.isAllowedTo(owner)) {
      problems.add(
          new Problem(
              "scopes",
              "%s is not allowed %s on the pages either: it needs the role %s"
                  .formatted(owner.displayName(), scope.id(), scope.roleTitles())));
    }
  }

  /**
   * Gives the secret to the person whose token it is. It is kept nowhere and shown never again.
   *
   * @throws InvalidInputException when it is not theirs, was taken, or is over
   */
  public String take(String who, long id) {
    return transactions.write(
        () -> {
          Token token = existing(id);
          if (!token.username().equalsIgnoreCase(who)) {
            throw new InvalidInputException(
                "token", "Only the person it acts for can take a token");
          }
          if (!isOnOffer(token)) {
            throw new InvalidInputException(
                "token", "This token was taken before, or its time is over; ask for another");
          }
          Secret secret = Secret.random();
          store.taken(id, secret.hash());
          audit.add(who, "took a token", token.subject(), "\"" + token.name() + "\"");
          return secret.value();
        });
  }

  /** Whether its person can take it now. */
  public boolean isOnOffer(Token token) {
    Instant now = clock.instant();
    return !token.taken() && token.stands(now) && now.isBefore(token.createdAt().plus(OFFERED));
  }

  /** Whether it lets anybody in, as long as its person has an account that works. */
  public boolean works(Token token) {
    return token.taken() && token.stands(clock.instant());
  }

  /** Ends a token at once, for good. One that is over already stays as it is. */
  public void revoke(String who, long id) {
    transactions.run(
        () -> {
          Token token = existing(id);
          if (token.revokedAt() == null) {
            store.revoked(id, who, clock.instant());
            audit.add(who, "revoked a token", token.subject(), "\"" + token.name() + "\"");
          }
        });
  }

  /** All that ever were. */
  public List<Token> all() {
    return store.all();
  }

  /** Those that act for one person. */
  public List<Token> of(String username) {
    return store.all().stream().filter(t -> t.username().equalsIgnoreCase(username)).toList();
  }

  /** One of them. */
  public Optional<Token> find(long id) {
    return store.one(id);
  }

  /** Who that secret lets in, now; nothing when it lets in nobody, or no longer. */
  public Optional<Caller> caller(String secret) {
    Instant now = clock.instant();
    return store
        .bySecret(new Secret(secret).hash())
        .filter(token -> token.stands(now))
        .flatMap(
            token ->
                people
                    .find(token.username())
                    .filter(Person::enabled)
                    .map(person -> new Caller(person, token)))
        .map(
            caller -> {
              note(caller.token(), now);
              return caller;
            });
  }

  private void note(Token token, Instant now) {
    Instant last = token.lastUsedAt();
    if (last == null || now.isAfter(last.plus(NOTED_EVERY)) || now.isBefore(last)) {
      try {
        transactions.run(() -> store.used(token.id(), now));
      } catch (StoreException full) {
        // Reading goes on where writing can't; whoever writes is told.
        LOG.warn("The use of {} could not be noted: {}", token.subject(), full.getMessage());
      }
    }
  }

  private Token existing(long id) {
    return store
        .one(id)
        .orElseThrow(() -> new InvalidInputException("token", "There is no such token"));
  }
}
