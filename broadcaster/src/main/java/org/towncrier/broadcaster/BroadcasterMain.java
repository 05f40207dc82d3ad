package org.towncrier.broadcaster;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.towncrier.broadcaster.config.BroadcasterConfig;
import org.towncrier.broadcaster.config.ConfigException;
import org.towncrier.broadcaster.config.ConfigFile;
import org.towncrier.broadcaster.contact.SeedException;
import org.towncrier.broadcaster.store.StoreException;

/** The broadcaster as a program. */
public final class BroadcasterMain {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int MISUSED = 2;

  private static final String USAGE =
      """
      usage: towncrier broadcaster --config FILE [--check [--json]]

      Runs one node until it is told to end (Ctrl-C, SIGTERM).

        --config FILE  the node's file, as `towncrier console add-node SITE NODE` writes it;
                       config/README.md lists what may stand in it
        --check        validates the file, tries records, clock, broker and radio, says what it
                       found and what to do about it, and ends
        --json         with --check: says it as JSON, for a program
        --help         this text

      Exit status: 0 all is well, 1 it failed (with --check: something would keep the node silent,
      or has to be mended before it speaks), 2 wrong usage, or a file that cannot be used.
      """;

  private BroadcasterMain() {}

  /** Runs the program; see {@code --help}. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    if (List.of(arguments).contains("--check")) {
      // Standard output is for what was found, and a program may read it: libraries print
      // elsewhere.
      System.setOut(System.err);
    }
    NodeLog.start();
    int status = run(List.of(arguments), out, System.err);
    System.exit(status);
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(USAGE);
      return OK;
    }
    @Nullable Path file = null;
    boolean check = false;
    boolean json = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--check")) {
        check = true;
      } else if (argument.equals("--json")) {
        json = true;
      } else if (argument.equals("--config") && i + 1 < arguments.size()) {
        file = Path.of(arguments.get(++i));
      } else if (argument.startsWith("--config=")) {
        file = Path.of(argument.substring("--config=".length()));
      } else {
        err.println(
            argument.equals("--config")
                ? "--config needs a file"
                : "\"%s\" is not an option".formatted(argument));
        err.print(USAGE);
        return MISUSED;
      }
    }
    if (json && !check) {
      err.println("--json goes with --check");
      err.print(USAGE);
      return MISUSED;
    }
    if (file == null) {
      err.println("--config FILE is missing");
      err.print(USAGE);
      return MISUSED;
    }
    return with(file, check, new CheckReport(out, json), err);
  }

  private static int with(Path file, boolean check, CheckReport report, PrintStream err) {
    BroadcasterConfig config;
    try {
      config = BroadcasterConfig.load(file);
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return MISUSED;
    }
    ConfigFile.permissionsTrouble(file).ifPresent(trouble -> err.println("Warning: " + trouble));
    try {
      return check
          ? new Check(config, Radios.of(config, InstantSource.system()), report).run()
          : serve(config);
    } catch (StoreException | SeedException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int serve(BroadcasterConfig config) throws InterruptedException {
    Broadcaster broadcaster = new Broadcaster(config);
    broadcaster.start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  broadcaster.close();
                  // Told to end, it ended: the JVM would otherwise call that 143.
                  Runtime.getRuntime().halt(OK);
                },
                "shutdown"));
    new CountDownLatch(1).await();
    return OK;
  }
}
