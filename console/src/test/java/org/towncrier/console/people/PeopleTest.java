package org.towncrier.console.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.SQLiteDataSource;
import org.towncrier.console.audit.AuditTrail;

class PeopleTest {
  private static final String GOOD = "plum tractor eleven";

  @TempDir Path data;
  private final SettableClock clock = new SettableClock();
  private People people;
  private AuditTrail trail;
  private CreateAdmin createAdmin;

  @BeforeEach
  void open() {
    SQLiteDataSource db = new SQLiteDataSource();
    db.setUrl("jdbc:sqlite:" + data.resolve("console.db"));
    Flyway.configure().dataSource(db).locations("classpath:db/console").load().migrate();
    trail = new AuditTrail(JdbcClient.create(db), clock);
    people =
        new People(
            new PeopleStore(JdbcClient.create(db)),
            new TransactionTemplate(new JdbcTransactionManager(db)),
            clock,
            PasswordEncoderFactories.createDelegatingPasswordEncoder(),
            trail);
    createAdmin = new CreateAdmin(people);
  }

  private Person administrator(String username) {
    String token = people.add(username, username, Set.of(Role.ADMINISTRATOR));
    return people.setPassword(token, GOOD).orElseThrow();
  }

  @Test
  void a_link_ends_after_a_day() {
    String token = people.add("ann", "Ann", Set.of(Role.AUTHOR));
    clock.pass(People.LINK_LIFE.minus(Duration.ofMillis(1)));
    assertThat(people.holder(token)).isPresent();
    clock.pass(Duration.ofMillis(1));
    assertThat(people.holder(token)).isEmpty();
    assertThat(people.setPassword(token, GOOD)).isEmpty();
    assertThat(people.find("ann").orElseThrow().hasPassword()).isFalse();
  }

  @Test
  void a_made_up_link_is_nobodys() {
    people.add("ann", "Ann", Set.of(Role.AUTHOR));
    assertThat(people.holder("")).isEmpty();
    assertThat(people.holder("A".repeat(43))).isEmpty();
  }

  @Test
  void a_link_of_somebody_disabled_does_not_work_even_after_they_are_enabled_again() {
    administrator("root");
    String token = people.add("ann", "Ann", Set.of(Role.AUTHOR));
    long id = people.find("ann").orElseThrow().id();
    people.setEnabled("root", id, false);
    assertThat(people.holder(token)).isEmpty();
    people.setEnabled("root", id, true);
    assertThat(people.holder(token)).isEmpty();
  }

  @Test
  void nobody_goes_by_a_name_that_the_history_gives_to_no_person() {
    for (String name : new String[] {"console", " Console", "import"}) {
      assertThatThrownBy(() -> people.add(name, "Ann", Set.of(Role.AUTHOR)))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void one_name_is_one_person_in_any_case() {
    people.add("Ann@Example.org", "Ann", Set.of(Role.AUTHOR));
    assertThat(people.find(" ANN@example.ORG ")).isPresent();
    assertThatThrownBy(() -> people.add("ann@example.org", "Other", Set.of(Role.AUTHOR)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("already");
  }

  @Test
  void the_last_administrator_can_be_neither_disabled_nor_demoted() {
    Person only = administrator("root");
    people.add("next", "Next", Set.of(Role.ADMINISTRATOR)); // has no password yet: cannot help
    assertThatThrownBy(() -> people.setEnabled("root", only.id(), false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("only administrator");
    assertThatThrownBy(() -> people.setRoles("root", only.id(), Set.of(Role.AUTHOR)))
        .isInstanceOf(RefusedException.class);
    administrator("second");
    people.setRoles("root", only.id(), Set.of(Role.AUTHOR));
    assertThat(people.find("root").orElseThrow().roles()).containsExactly(Role.AUTHOR);
  }

  @Test
  void an_administrator_who_comes_by_the_sign_in_service_alone_can_administer() {
    Person root = administrator("root");
    people.add("root", "next", "Next", "next@example.org", Set.of(Role.ADMINISTRATOR));
    people.byProvider("service next", "next@example.org");
    people.setRoles("root", root.id(), Set.of(Role.AUTHOR));
    Person only = people.find("next").orElseThrow();
    assertThat(people.hasWorkingAdministrator()).isTrue();
    assertThatThrownBy(() -> people.setEnabled("next", only.id(), false))
        .hasMessageContaining("only administrator");
    assertThatThrownBy(() -> people.forgetProvider("next", only.id()))
        .hasMessageContaining("only administrator");
    assertThatThrownBy(() -> people.setEmail("next", only.id(), "typo@example.org"))
        .hasMessageContaining("only administrator");
    people.setEmail("next", only.id(), " NEXT@example.org ");
    assertThat(people.byProvider("service next", null).id()).isEqualTo(only.id());
  }

  @Test
  void whoever_is_first_let_in_by_the_service_ends_the_password_so_the_owner_notices() {
    Person ann = administrator("ann");
    administrator("root");
    people.setEmail("root", ann.id(), "root@example.org");
    Person in = people.byProvider("service root", "root@example.org");
    assertThat(in.id()).isEqualTo(ann.id());
    assertThat(in.hasPassword()).isFalse();
    assertThat(people.passwordHash(in)).isEmpty();
    assertThat(in.stamp()).as("sessions by the password end").isGreaterThan(ann.stamp());
    assertThat(people.linkedSince(in)).contains(clock.instant());
    assertThat(trail.of("person ann").get(0).detail()).contains("password").doesNotContain("@");
    Person again = people.byProvider("service root", null);
    assertThat(again.stamp()).as("only the first time").isEqualTo(in.stamp());
  }

  @Test
  void a_password_ends_what_the_service_knew_somebody_by() {
    administrator("root");
    people.add("root", "ann", "Ann", "ann@example.org", Set.of(Role.AUTHOR));
    Person ann = people.byProvider("service somebody", "ann@example.org");
    String link = people.newLink("root", ann.id());
    people.setPassword(link, GOOD);
    assertThat(people.find("ann").orElseThrow().linked()).isFalse();
    assertThatThrownBy(() -> people.byProvider("service somebody", null))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void another_address_ends_what_the_service_knew_somebody_by_and_stays_out_of_the_trail() {
    administrator("root");
    people.add("root", "ann", "Ann", "ann@example.org", Set.of(Role.AUTHOR));
    Person ann = people.byProvider("service ann", "ann@example.org");
    people.setEmail("root", ann.id(), "other@example.org");
    assertThat(people.find("ann").orElseThrow().stamp()).isGreaterThan(ann.stamp());
    assertThatThrownBy(() -> people.byProvider("service ann", "ann@example.org"))
        .isInstanceOf(RefusedException.class);
    assertThat(trail.of("person ann"))
        .extracting(AuditTrail.Entry::detail)
        .noneMatch(detail -> detail.contains("@"));
  }

  @Test
  void create_admin_is_for_the_first_one_only() {
    assertThat(createAdmin.link("root", "Root", false)).startsWith("/set-password/");
    String second = createAdmin.link("root", "Root", false); // the first link was never used
    people.setPassword(second.substring("/set-password/".length()), GOOD);
    assertThatThrownBy(() -> createAdmin.link("other", "Other", false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("--again");
    assertThat(createAdmin.link("other", "Other", true)).startsWith("/set-password/");
  }

  @Test
  void create_admin_again_lets_somebody_disabled_back_in_and_keeps_their_roles() {
    people.add("ann", "Ann", Set.of(Role.AUTHOR));
    long id = people.find("ann").orElseThrow().id();
    people.setEnabled("root", id, false);
    createAdmin.link("ann", "Ann", true);
    Person ann = people.find("ann").orElseThrow();
    assertThat(ann.enabled()).isTrue();
    assertThat(ann.roles()).containsExactlyInAnyOrder(Role.AUTHOR, Role.ADMINISTRATOR);
  }

  @Test
  void a_password_is_stored_as_a_slow_hash_that_names_itself() {
    Person root = administrator("root");
    assertThat(people.passwordHash(root).orElseThrow()).startsWith("{bcrypt}").doesNotContain(GOOD);
  }

  @Test
  void what_is_done_to_a_person_is_in_the_trail_with_who_did_it() {
    administrator("root");
    people.add("root", "ann", "Ann", Set.of(Role.AUTHOR));
    long id = people.find("ann").orElseThrow().id();
    people.setRoles("root", id, Set.of(Role.AUTHOR, Role.APPROVER));
    people.newLink("root", id);
    people.setEnabled("root", id, false);
    assertThat(trail.of("person ann"))
        .extracting(AuditTrail.Entry::who, AuditTrail.Entry::what, AuditTrail.Entry::detail)
        .containsExactly(
            tuple("root", "disabled", ""),
            tuple("root", "made a one-time link", ""),
            tuple("root", "changed the roles", "Author, Approver"),
            tuple("root", "added", "Author"));
  }
}
