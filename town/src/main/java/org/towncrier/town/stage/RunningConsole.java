package org.towncrier.town.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;
import org.towncrier.console.ConsoleMain;
import org.towncrier.console.campaign.Campaign;
import org.towncrier.console.campaign.Campaigns;
import org.towncrier.console.campaignfile.CampaignFile;
import org.towncrier.console.campaignfile.CampaignFiles;
import org.towncrier.console.message.Draft;
import org.towncrier.console.message.MessageVersion;
import org.towncrier.console.message.Messages;
import org.towncrier.console.node.AddNode;
import org.towncrier.console.node.AddNodeRequest;
import org.towncrier.console.people.People;
import org.towncrier.console.people.Role;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.Window;

/** The real console in this process, used through the services that its pages use. */
public final class RunningConsole implements AutoCloseable {
  private static final ZoneId ZONE = ZoneId.of("Europe/London");

  /** Campaigns last 90 days at most. */
  private static final int CAMPAIGN_DAYS = 88;

  private final ConfigurableApplicationContext context;
  private final Path data;

  private RunningConsole(ConfigurableApplicationContext context, Path data) {
    this.context = context;
    this.data = data;
  }

  /**
   * Starts it on loopback.
   *
   * @param data its folder
   * @param httpPort of its pages
   * @param broker settings of its broker, {@code --towncrier.broker.…}
   * @param more settings
   */
  public static RunningConsole start(
      Path data, int httpPort, List<String> broker, List<String> more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--towncrier.data=" + data);
    arguments.add("--server.address=127.0.0.1");
    arguments.add("--server.port=" + httpPort);
    // Whoever starts a town ends it, in its own order.
    arguments.add("--spring.main.register-shutdown-hook=false");
    arguments.add("--spring.main.banner-mode=off");
    arguments.addAll(broker);
    arguments.addAll(more);
    return new RunningConsole(ConsoleMain.start(arguments.toArray(String[]::new)), data);
  }

  /** Where its pages are. */
  public String address() {
    return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** What it has written down. */
  public ConsoleBook book() {
    return new ConsoleBook(data);
  }

  /** Adds somebody with a password, unless they are there already. */
  public void addPerson(String username, String displayName, Role role, String password) {
    People people = context.getBean(People.class);
    if (people.find(username).isEmpty()) {
      people.setPassword(people.add(username, displayName, Set.of(role)), password);
    }
  }

  /**
   * Adds a node with an emulated radio.
   *
   * @param folder where its files are written
   * @return the file to start it with
   */
  public Path addNode(NodePlan plan, Path folder, NodeFile.Standing standing) throws IOException {
    return context
        .getBean(AddNode.class)
        .add(
            new AddNodeRequest(
                plan.site(),
                plan.node(),
                plan.siteName(),
                folder,
                null,
                false,
                NodeFile.sections(standing)))
        .settings();
  }

  /** Whether it has that campaign. */
  public boolean has(CampaignId campaign) {
    return context.getBean(Campaigns.class).find(campaign).isPresent();
  }

  /**
   * Takes in a campaign from a file, opens its windows at any hour from today, gives its messages
   * one priority so that each gets its share of the phones, and sends it on air as two people.
   *
   * @param author who wrote it
   * @param approver who approves it
   */
  public CampaignId takeIn(Path campaignFile, String author, String approver) throws IOException {
    CampaignFile file = takeInAsDraft(campaignFile, author);
    for (CampaignFile.Message message : file.messages()) {
      approve(message.id(), author, approver);
    }
    return file.campaign().id();
  }

  /** The same without sending it on air. */
  public CampaignFile takeInAsDraft(Path campaignFile, String author) throws IOException {
    CampaignFiles files = context.getBean(CampaignFiles.class);
    CampaignFile file = anyHour(files.read(Files.readString(campaignFile)));
    files.take(author, file);
    return file;
  }

  /** Sends a draft on air as two people. */
  public void approve(MessageId message, String author, String approver) {
    Messages messages = context.getBean(Messages.class);
    MessageVersion submitted = messages.submit(author, message);
    messages.approve(approver, message, submitted.edit());
  }

  /** Any other service of it. */
  public <T> T service(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  private static CampaignFile anyHour(CampaignFile file) {
    LocalDate today = LocalDate.now(ZONE);
    LocalDate last = today.plusDays(CAMPAIGN_DAYS);
    Window always =
        new Window(
            today,
            last,
            EnumSet.allOf(DayOfWeek.class),
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT,
            ZONE);
    Campaign campaign = file.campaign();
    return new CampaignFile(
        new Campaign(
            campaign.id(), campaign.title(), campaign.sender(), campaign.contact(), today, last),
        file.messages().stream()
            .map(message -> new CampaignFile.Message(message.id(), open(message.draft(), always)))
            .toList());
  }

  private static Draft open(Draft draft, Window window) {
    return draft.at(draft.targets(), List.of(window), Priority.NORMAL);
  }
}
