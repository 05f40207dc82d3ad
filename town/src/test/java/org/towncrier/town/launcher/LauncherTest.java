package org.towncrier.town.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one command, in a checkout of its own, with Java and Maven that only say what they heard. */
class LauncherTest {
  private static final List<String> MODULES =
      List.of("protocol", "hardware", "broadcaster", "console", "town");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "dirname",
          "readlink",
          "find",
          "mktemp",
          "rm",
          "mv",
          "mkdir",
          "cat",
          "sed",
          "flock",
          "touch",
          "id",
          "tee",
          "grep",
          "awk",
          "head",
          "env");

  @TempDir Path temp;
  private Path checkout;
  private Path bin;

  private record Ended(int status, String out) {}

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = Files.createDirectory(temp.resolve("checkout with a space"));
    bin = Files.createDirectory(temp.resolve("bin"));
    Files.copy(Path.of("..", "towncrier"), checkout.resolve("towncrier"));
    Files.createFile(checkout.resolve("pom.xml"));
    for (String module : MODULES) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    for (String tool : TOOLS) {
      Path real =
          Stream.of("/usr/bin", "/bin", "/usr/sbin")
              .map(folder -> Path.of(folder, tool))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      program(tool, "exec %s \"$@\"".formatted(real));
    }
  }

  @Test
  void without_a_word_it_lists_its_verbs() throws Exception {
    Ended ended = towncrier();

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).contains("demo", "test", "console", "broadcaster", "bench");
  }

  @Test
  void an_unknown_verb_is_refused_with_status_2() throws Exception {
    Ended ended = towncrier("sing");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).contains("no such verb: sing");
  }

  @Test
  void without_a_jdk_it_says_what_to_install() throws Exception {
    Ended ended = towncrier("demo");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).contains("needs a JDK", "apt-get install openjdk-17-jdk-headless");
  }

  @Test
  void a_jdk_that_is_too_old_is_refused() throws Exception {
    program("java", "exit 0");
    program("javac", "echo javac 11.0.2");

    assertThat(towncrier("demo").out()).contains("JDK 17 or newer", "javac 11.0.2");
  }

  @Test
  void without_maven_it_says_what_to_install() throws Exception {
    jdk();

    assertThat(towncrier("demo").out()).contains("needs Maven", "apt-get install maven");
  }

  @Test
  void it_builds_once_and_again_only_when_a_source_changed_or_went_away() throws Exception {
    jdk();
    maven();
    Path source = Files.createFile(checkout.resolve("console/src/main/A.java"));

    assertThat(towncrier("console", "x").out()).contains("building console");
    assertThat(towncrier("console", "x").out()).doesNotContain("building");
    Files.delete(source);
    assertThat(towncrier("console", "x").out()).contains("building console");
    assertThat(towncrier("console", "x").out()).doesNotContain("building");
    // What a broadcaster is made of is no part of a console.
    Files.createFile(checkout.resolve("broadcaster/src/main/B.java"));
    assertThat(towncrier("console", "x").out()).doesNotContain("building");
  }

  @Test
  void a_town_is_built_with_its_console_and_broadcaster() throws Exception {
    jdk();
    maven();

    assertThat(towncrier("demo").out()).contains("building town");
    assertThat(towncrier("console", "x").out()).doesNotContain("building");
    assertThat(towncrier("broadcaster", "x").out()).doesNotContain("building");
  }

  @Test
  void a_failed_build_shows_what_maven_said_and_is_tried_again() throws Exception {
    jdk();
    program("mvn", "echo 'cannot find symbol: Fish'; exit 1");

    for (int attempt = 0; attempt < 2; attempt++) {
      Ended ended = towncrier("broadcaster", "--check");
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.out()).contains("cannot find symbol: Fish", "the build failed");
    }
  }

  @Test
  void words_reach_the_program_whole_and_its_exit_status_comes_back() throws Exception {
    jdk();
    maven();

    Ended ended = towncrier("broadcaster", "--config", "a file.yaml");

    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.out())
        .contains("[org.towncrier.broadcaster.BroadcasterMain]", "[--config]", "[a file.yaml]");
  }

  @Test
  void a_node_is_run_with_its_own_file_of_flags_which_java_understands() throws Exception {
    jdk();
    maven();

    Ended ended = towncrier("broadcaster", "x");

    assertThat(ended.out()).contains("[@" + checkout.resolve("broadcaster/node.jvm") + "]");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("..", "broadcaster", "node.jvm"),
                "-XX:+PrintFlagsFinal",
                "-version")
            .redirectErrorStream(true)
            .start();
    String flags = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(flags).isZero();
    assertThat(flags)
        .containsPattern("MaxHeapSize +=  *" + (64 << 20))
        .containsPattern("DisableAttachMechanism +=  *true")
        .containsPattern("CreateCoredumpOnCrash +=  *false");
  }

  @Test
  void settings_of_the_jvm_are_passed_on() throws Exception {
    jdk();
    maven();

    Ended ended = towncrier("env:TOWNCRIER_JAVA_OPTS=-Dx=1 -Xmx99m", "broadcaster");

    assertThat(ended.out()).contains("[-Dx=1]", "[-Xmx99m]");
  }

  @Test
  void tests_that_failed_are_named_with_what_they_said_and_what_they_printed_is_not_believed()
      throws Exception {
    jdk();
    program("mosquitto", "exit 0");
    Path report =
        Files.writeString(
            temp.resolve("report"),
            """
            <testsuite name="org.towncrier.hardware.ATest" tests="3" errors="1" failures="1" skipped="0">
              <testcase name="it_holds" classname="org.towncrier.hardware.ATest" time="0.1"/>
              <testcase name="one_is_two" classname="org.towncrier.hardware.ATest" time="0.1">
                <failure message="&#10;Expecting actual:&#10;  &lt;1&gt;&#10;to be &quot;2&quot; &amp; no more" type="org.opentest4j.AssertionFailedError"><![CDATA[at A.java:1
              <testcase name="printed" classname="Nobody" time="0.1">
                <failure message="printed" type="T">
            ]]></failure>
                <system-out><![CDATA[  <testcase name="said" classname="Nobody">
                <failure message="said" type="T">
            ]]></system-out>
              </testcase>
              <testcase name="it_ends" classname="org.towncrier.hardware.ATest" time="0.1">
                <error type="java.lang.NullPointerException"><![CDATA[at A.java:2]]></error>
              </testcase>
            </testsuite>
            """);
    program(
        "mvn",
        """
        r=hardware/target/surefire-reports/TEST-A.xml
        mkdir -p "$(dirname $r)"
        cat '%s' >$r
        touch -d tomorrow $r # newer than the run's beginning by any clock
        exit 1"""
            .formatted(report));

    Ended ended = towncrier("test", "unit");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out().lines())
        .containsSubsequence(
            "  hardware         3 tests, 2 failed, 0 skipped",
            "  FAILED  org.towncrier.hardware.ATest.one_is_two",
            "          Expecting actual: <1> to be \"2\" & no more",
            "  FAILED  org.towncrier.hardware.ATest.it_ends",
            "          java.lang.NullPointerException");
    assertThat(ended.out()).doesNotContain("printed", "said", "it_holds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "all      | -                                  | -       | -                                  | guest",
        "unit     | protocol,hardware,broadcaster,console | -    | -                                  | guest,rig,browser",
        "contract | protocol,hardware,town             | -       | GoldenExamplesTest,Radio*Test      | guest,rig",
        "town     | town                               | -       | org.towncrier.town.**              | guest,rig,kills,browser",
        "kills    | town                               | kills   | org.towncrier.town.**              | guest,rig",
        "browser  | town                               | browser | -                                  | guest,rig",
        "rig      | town                               | rig     | -                                  | guest",
      })
  void a_ring_is_these_modules_groups_and_tests(
      String ring,
      @Nullable String modules,
      @Nullable String groups,
      @Nullable String tests,
      String without)
      throws Exception {
    jdk();
    allThatTestsNeed();
    maven(1, 0);

    Ended ended = towncrier("test", ring);

    assertThat(ended.status()).isZero();
    List<String> words = ended.out().lines().filter(line -> line.startsWith("[")).toList();
    assertThat(words).contains("[-B]", "[verify]", "[-DexcludedGroups=" + without + "]");
    assertThat(words.contains("[-pl]")).isEqualTo(modules != null);
    if (modules != null) {
      assertThat(words).containsSequence("[-pl]", "[" + modules + "]");
    }
    assertThat(beginningWith("[-Dgroups=", words)).isEqualTo(groups);
    assertThat(beginningWith("[-Dtest=", words)).isEqualTo(tests);
    assertThat(ended.out())
        .contains("  hardware         1 tests, 0 failed, 0 skipped", "  passed in ");
  }

  @Test
  void a_ring_that_is_not_there_is_refused() throws Exception {
    jdk();
    maven(1, 0);

    Ended ended = towncrier("test", "borwser");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).contains("no such ring of tests: borwser").doesNotContain("[verify]");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3"})
  void a_ring_in_which_not_one_test_ran_has_not_passed(int tests, int skipped) throws Exception {
    jdk();
    allThatTestsNeed();
    maven(tests, skipped);

    Ended ended = towncrier("test", "browser");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).contains("FAILED: not one test ran").doesNotContain("passed in");
  }

  @Test
  void nor_has_one_without_a_report_whatever_an_earlier_run_left() throws Exception {
    jdk();
    allThatTestsNeed();
    maven();
    Path old =
        Files.createDirectories(checkout.resolve("hardware/target/surefire-reports"))
            .resolve("TEST-Old.xml");
    Files.writeString(old, "<testsuite tests=\"9\" errors=\"0\" failures=\"0\" skipped=\"0\">");
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

    Ended ended = towncrier("test", "unit");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).contains("FAILED: not one test ran");
  }

  private static @Nullable String beginningWith(String option, List<String> words) {
    return words.stream()
        .filter(word -> word.startsWith(option))
        .map(word -> word.substring(option.length(), word.length() - 1))
        .findFirst()
        .orElse(null);
  }

  private void allThatTestsNeed() throws IOException {
    for (String program : List.of("mosquitto", "chromium", "chromedriver")) {
      program(program, "exit 0");
    }
    Path rig = Files.createDirectories(checkout.resolve("hardware/rig"));
    executable(rig.resolve("setup.sh"), "[ \"$1\" = --ready ]");
  }

  private void jdk() throws IOException {
    program("java", "for word in \"$@\"; do echo \"[$word]\"; done; exit 7");
    program("javac", "echo javac 17.0.9");
  }

  /** Makes what a build makes, as far as the launcher looks. */
  private void maven() throws IOException {
    program(
        "mvn", "for m in " + String.join(" ", MODULES) + "; do mkdir -p \"$m/target/lib\"; done");
  }

  /** Says what it heard, and reports so many tests. */
  private void maven(int tests, int skipped) throws IOException {
    program(
        "mvn",
        """
        for word in "$@"; do echo "[$word]"; done
        r=hardware/target/surefire-reports/TEST-A.xml
        mkdir -p "$(dirname $r)"
        echo '<testsuite name="A" tests="%d" errors="0" failures="0" skipped="%d">' >$r
        touch -d tomorrow $r # newer than the run's beginning by any clock"""
            .formatted(tests, skipped));
  }

  private void program(String name, String body) throws IOException {
    executable(bin.resolve(name), body);
  }

  private static void executable(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended towncrier(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add("/bin/bash");
    command.add(checkout.resolve("towncrier").toString());
    ProcessBuilder builder = new ProcessBuilder();
    for (String word : words) {
      if (word.startsWith("env:")) {
        builder
            .environment()
            .put(word.substring(4, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      } else {
        command.add(word);
      }
    }
    builder.environment().put("PATH", bin.toString());
    Process process =
        builder.command(command).directory(temp.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out);
  }
}
