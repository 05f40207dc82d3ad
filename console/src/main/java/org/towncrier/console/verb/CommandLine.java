package org.towncrier.console.verb;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.towncrier.console.ConsoleMain;
import org.towncrier.console.campaignfile.CampaignFile;
import org.towncrier.console.campaignfile.CampaignFiles;
import org.towncrier.console.input.InvalidInputException;
import org.towncrier.console.node.AddNode;
import org.towncrier.console.node.AddNodeRequest;
import org.towncrier.console.people.CreateAdmin;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Person;
import org.towncrier.console.people.RefusedException;
import org.towncrier.console.people.Role;
import org.towncrier.console.store.StoreException;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/**
 * The console's command line. Without a verb it serves; the verbs work on the same data folder,
 * also while a console serves from it.
 */
public final class CommandLine {
  /** It was done, or the console serves. */
  public static final int DONE = 0;

  /** It could not be done, and the person was told why. */
  public static final int FAILED = 1;

  /** The command line means nothing. */
  public static final int USAGE = 2;

  static final String HELP =
      """
      Usage: towncrier console [--config FILE] [--setting.name=VALUE …]
             towncrier console create-admin USERNAME [--name "FULL NAME"] [--again]
             towncrier console add-node SITE NODE [--out FOLDER] [--site-name NAME]
                                                  [--broker-url URL] [--again]
             towncrier console import-campaign FILE --by USERNAME
             towncrier console export-campaign CAMPAIGN [--out FILE]

      Without a verb the console serves people and nodes. The verbs take --config and settings too,
      and work while it serves.
      """;

  private final PrintStream out;
  private final PrintStream err;

  /** Writes what was asked for to one, and what went wrong to the other. */
  public CommandLine(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Does it, and says how the program ends. A console that serves goes on serving. */
  public int run(String... arguments) {
    try {
      Words words = Words.of(arguments);
      if (words.flags().contains("help")) {
        out.print(HELP);
        return DONE;
      }
      if (words.plain().isEmpty()) {
        words.allow();
        return serve(words.forSpring());
      }
      return verb(words);
    } catch (UsageException wrong) {
      err.println("towncrier console: " + wrong.getMessage());
      err.print(HELP);
      return USAGE;
    }
  }

  private static int serve(String... settings) {
    try {
      ConsoleMain.start(settings);
      return DONE;
    } catch (RuntimeException told) {
      // Spring Boot has said why.
      return FAILED;
    }
  }

  private interface Verb {
    void run(ConfigurableApplicationContext console) throws IOException;
  }

  private int verb(Words words) throws UsageException {
    Verb verb =
        switch (words.plain().get(0)) {
          case "create-admin" -> createAdmin(words);
          case "add-node" -> addNode(words);
          case "import-campaign" -> importCampaign(words);
          case "export-campaign" -> exportCampaign(words);
          default -> throw new UsageException("there is no verb " + words.plain().get(0));
        };
    ConfigurableApplicationContext console;
    try {
      console = quiet().run(words.forSpring());
    } catch (UsageException wrong) {
      throw wrong;
    } catch (RuntimeException told) {
      return FAILED;
    }
    try (console) {
      verb.run(console);
      return DONE;
    } catch (InvalidInputException | RefusedException | StoreException refused) {
      err.println(refused.getMessage());
    } catch (IOException | UncheckedIOException failed) {
      err.println("A file cannot be read or written: " + failed.getMessage());
    }
    return FAILED;
  }

  /** The same application, of which only what the verb needs is made. */
  private static SpringApplication quiet() {
    SpringApplication application = new SpringApplication(ConsoleMain.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLazyInitialization(true);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setDefaultProperties(Map.of("logging.level.root", "warn"));
    return application;
  }

  private Verb createAdmin(Words words) throws UsageException {
    words.allow("name", "again");
    String username = words.about(1).get(0);
    String name = words.value("name").orElse(username);
    return console -> {
      String path =
          console.getBean(CreateAdmin.class).link(username, name, words.flags().contains("again"));
      out.println(
          "Open this within 24 hours to set a password for " + username + "; it works once:");
      out.println(address(console.getEnvironment()) + path);
    };
  }

  private static String address(Environment settings) {
    boolean tls =
        settings.containsProperty("server.ssl.certificate")
            || settings.containsProperty("server.ssl.key-store")
            || settings.containsProperty("server.ssl.bundle");
    return "%s://%s:%s"
        .formatted(
            tls ? "https" : "http",
            settings.getProperty("server.address", "127.0.0.1"),
            settings.getProperty("server.port", "8080"));
  }

  private Verb addNode(Words words) throws UsageException {
    words.allow("out", "site-name", "broker-url", "again");
    List<String> about = words.about(2);
    AddNodeRequest request;
    try {
      request =
          new AddNodeRequest(
              new SiteId(about.get(0)),
              new NodeId(about.get(1)),
              words.value("site-name").orElse(null),
              Path.of(words.value("out").orElse(".")),
              words.value("broker-url").map(URI::create).orElse(null),
              words.flags().contains("again"),
              Map.of());
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
    return console -> {
      AddNode.Added added = console.getBean(AddNode.class).add(request);
      if (added.renamedFrom() != null) {
        out.println(
            "Site %s was called \"%s\"; from now on it is called \"%s\"."
                .formatted(request.site(), added.renamedFrom(), request.siteName()));
      }
      out.println("Wrote " + added.settings() + ", which holds a password,");
      out.println("and " + added.seed() + ", the site's secrets.");
      out.println(
          "Move both to the node's machine, readable to its broadcaster only, and keep no copy.");
    };
  }

  private Verb importCampaign(Words words) throws UsageException {
    words.allow("by");
    Path file = Path.of(words.about(1).get(0));
    // Whoever brings words in has written them as far as approval goes, so they must have a name.
    String by =
        words
            .value("by")
            .orElseThrow(
                () ->
                    new UsageException("import-campaign needs --by USERNAME: who answers for it"));
    return console -> {
      CampaignFiles files = console.getBean(CampaignFiles.class);
      CampaignFile campaign = files.read(Files.readString(file, StandardCharsets.UTF_8));
      Person author =
          console
              .getBean(People.class)
              .find(by)
              .orElseThrow(
                  () ->
                      new InvalidInputException("--by", "there is nobody with the username " + by));
      if (!author.roles().contains(Role.AUTHOR)) {
        throw new InvalidInputException(
            "--by",
            by
                + " is no author, and could not send these drafts for approval; name somebody with"
                + " the role Author, which an administrator gives under People");
      }
      files.take(by, campaign);
      out.println(
          "Took in campaign %s with %d messages, as drafts of %s: each still needs to be submitted, and approved by somebody else."
              .formatted(campaign.campaign().id(), campaign.messages().size(), by));
    };
  }

  private Verb exportCampaign(Words words) throws UsageException {
    words.allow("out");
    CampaignId id;
    try {
      id = new CampaignId(words.about(1).get(0));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
    return console -> {
      String yaml = console.getBean(CampaignFiles.class).write(id);
      if (words.value("out").isPresent()) {
        Files.writeString(Path.of(words.value("out").get()), yaml);
      } else {
        out.print(yaml);
      }
    };
  }
}
