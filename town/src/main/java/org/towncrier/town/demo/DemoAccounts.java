package org.towncrier.town.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.random.RandomGenerator;
import org.towncrier.console.people.Role;
import org.towncrier.town.stage.RunningConsole;

/** One account for each role, with passwords made at the first start and kept beside the town. */
final class DemoAccounts {
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final int SYLLABLES = 8;

  private final Path file;
  private final Properties passwords = new Properties();

  DemoAccounts(Path folder) {
    this.file = folder.resolve("accounts.properties");
  }

  /** Whoever has that role. */
  static String username(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** Sees to it that the accounts exist. */
  void provide(RunningConsole console, RandomGenerator random) throws IOException {
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        passwords.load(reader);
      }
    }
    for (Role role : Role.values()) {
      passwords.putIfAbsent(username(role), password(random));
    }
    write();
    for (Role role : Role.values()) {
      console.addPerson(
          username(role), "Demo " + username(role), role, passwords.getProperty(username(role)));
    }
  }

  /** One line for each. */
  List<String> lines() {
    return List.of(Role.values()).stream()
        .map(
            role ->
                "%-14s %-18s %s"
                    .formatted(username(role), passwords.getProperty(username(role)), role.hint()))
        .toList();
  }

  private void write() throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (Writer writer = Files.newBufferedWriter(file)) {
      passwords.store(writer, "Accounts of this demo, as they were made");
    }
  }

  /** Easy to type; 14 consonants and 5 vowels eight times are 49 bits. */
  private static String password(RandomGenerator random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < SYLLABLES; i++) {
      if (i == SYLLABLES / 2) {
        password.append('-');
      }
      password
          .append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
          .append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return password.toString();
  }
}
