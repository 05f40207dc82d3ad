package org.towncrier.broadcaster.round;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.towncrier.broadcaster.contact.ContactBook;
import org.towncrier.broadcaster.contact.SiteContacts;
import org.towncrier.broadcaster.contact.SiteKeys;
import org.towncrier.broadcaster.delivery.DeliveryLog;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.broadcaster.round.FakePhone.Behaviour;
import org.towncrier.broadcaster.store.NodeStore;
import org.towncrier.broadcaster.timetable.LoopWaker;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.CampaignId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.NodeSchedule;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.SiteSeed;
import org.towncrier.protocol.Window;
import org.towncrier.protocol.WireJson;

/**
 * A site of several real nodes in virtual time, with a console that tells them what to do and a
 * network between them that does what the test likes.
 */
final class Plaza implements AutoCloseable {
  static final SiteId SITE = new SiteId("square");

  final VirtualEventLoop time;
  final List<FakePhone> phones = new ArrayList<>();
  final Map<String, Node> nodes = new LinkedHashMap<>();
  final Network network = new Network();
  final Square.Plan plan = new Square.Plan();
  Duration validFor = Duration.ofDays(14);

  /** The nodes that the console has. */
  final Set<NodeId> named = new TreeSet<>();

  /** Those that it has ever heard of. */
  final Set<NodeId> heard = new TreeSet<>();

  /** Of all objects there ever were, by name. */
  private final Map<String, CampaignId> campaigns = new HashMap<>();

  private final Map<FakePhone, Set<String>> places = new HashMap<>();
  private final Path folder;
  private long revision;

  Plaza(Path folder, Instant start) {
    this.folder = folder;
    this.time = new VirtualEventLoop(start);
  }

  /** One node: started, killed, started again. */
  final class Node {
    final NodeId id;
    final Duration skew;
    final List<FakeRadio> radios = new ArrayList<>();
    NodeSchedule schedule;
    boolean alive;
    boolean reachable = true;
    FakeRadio radio;
    ContactBook book;
    DeliveryLog deliveries;
    BroadcastRound round;
    private NodeStore store;
    private SiteContacts contacts;
    private MortalLoop life;

    Node(String name, Duration skew) {
      this.id = new NodeId(name);
      this.skew = skew;
    }

    Node start() {
      Path home = folder.resolve(id.value());
      boolean fresh = !Files.exists(home);
      try {
        Files.createDirectories(home);
        if (fresh) {
          Files.write(home.resolve("seed.json"), WireJson.write(seed()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      life = new MortalLoop(time, skew);
      store = new NodeStore(home.resolve("node.db"));
      store.open();
      SiteKeys keys = new SiteKeys(store, SITE, Square.LONDON);
      keys.load(home.resolve("seed.json"));
      deliveries = new DeliveryLog(store);
      book = new ContactBook(store, keys, deliveries, id, Set.of());
      contacts = new SiteContacts(life, book, note -> network.carry(this, note));
      radio = new FakeRadio(time, phones, "hci0");
      radio.inRange = phone -> places.getOrDefault(phone, Set.of()).contains(id.value());
      radios.add(radio);
      round =
          new BroadcastRound(
              life,
              radio,
              new Memory(store, keys, book, deliveries),
              new RoundSettings(
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(60),
                  Duration.ofSeconds(60),
                  true,
                  Window.daily(LocalTime.of(19, 0), LocalTime.of(4, 0), Square.LONDON)),
              new Surroundings(
                  Optional::empty, List.of(), task -> new LoopWaker(life, task), () -> {}));
      round.start();
      alive = true;
      if (schedule != null) {
        round.apply(schedule);
      }
      if (reachable) {
        connect();
      }
      return this;
    }

    /** As {@code kill -9}. */
    void kill() {
      alive = false;
      life.die();
      radio.kill();
      store.close();
    }

    /** The broker is out of reach, or is again. */
    void reachable(boolean whether) {
      if (whether == reachable) {
        return;
      }
      reachable = whether;
      if (alive && whether) {
        connect();
      } else if (alive) {
        life.execute(contacts::disconnected);
      }
    }

    private void connect() {
      heard.add(id);
      life.execute(contacts::connected);
    }

    /** What the console would have it do now, if it can be told. */
    void learn() {
      if (named.contains(id) && alive && reachable) {
        schedule = scheduleFor(id);
        NodeSchedule told = schedule;
        life.execute(() -> round.apply(told));
      }
    }

    /** What the console tells it that takes it out: nothing to say, and soon over. */
    void farewell() {
      NodeSchedule with = scheduleFor(id);
      named.remove(id);
      schedule =
          new NodeSchedule(
              with.site(),
              id,
              with.revision(),
              with.issuedAt(),
              time.now().plus(Duration.ofMinutes(5)),
              true,
              false,
              with.contact(),
              with.siteNodes(),
              with.heardNodes(),
              with.campaigns(),
              List.of());
      NodeSchedule told = schedule;
      life.execute(() -> round.apply(told));
    }

    long prompts() {
      return radios.stream().mapToLong(each -> each.offers.size()).sum();
    }
  }

  /** What it does to a note. */
  interface Fate {
    /** After how long it arrives, each time that it does. */
    List<Duration> of(Node to, byte[] note);
  }

  /** A broker, or whoever has broken into it. */
  final class Network {
    final List<byte[]> seen = new ArrayList<>();
    Fate fate = (to, note) -> List.of(Duration.ofMillis(20));

    void carry(Node from, byte[] note) {
      if (from.reachable) {
        seen.add(note);
        bring(note);
      }
    }

    /** Anew, or again. */
    void bring(byte[] note) {
      for (Node to : nodes.values()) {
        for (Duration delay : fate.of(to, note)) {
          time.after(
              delay,
              () -> {
                if (to.alive && to.reachable) {
                  to.contacts.receive(note);
                }
              });
        }
      }
    }
  }

  /** A machine for a node, which the console names from now on. */
  Node add(String name, Duration skew) {
    Node node = new Node(name, skew);
    nodes.put(name, node);
    named.add(node.id);
    return node;
  }

  Node add(String name) {
    return add(name, Duration.ZERO);
  }

  /** Tells every node that can be told. */
  void tellAll() {
    nodes.values().forEach(Node::learn);
    time.runDue();
  }

  FakePhone phone(Behaviour behaviour, String... at) {
    FakePhone phone = new FakePhone(phones.size() + 1, behaviour);
    phones.add(phone);
    move(phone, at);
    return phone;
  }

  void move(FakePhone phone, String... to) {
    places.put(phone, new HashSet<>(Arrays.asList(to)));
  }

  /** A phone that is that node's to give, in sight of whom else it may be. */
  FakePhone phoneOf(Node owner, Behaviour behaviour, String... at) {
    while (true) {
      FakePhone phone = phone(behaviour, at);
      if (owner.book.isOurs(phone.address)) {
        return phone;
      }
      phones.remove(phone);
      // Another address: the numbers of phones that are left out are not used again.
      phones.add(new FakePhone(phones.size() + 1, Behaviour.ACCEPTS));
    }
  }

  void seconds(long seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  /** Nobody lives through the hours between: as when the power is off. */
  void sleepUntil(Instant moment) {
    List<Node> awake = nodes.values().stream().filter(node -> node.alive).toList();
    seconds(61);
    awake.forEach(Node::kill);
    time.setClock(moment);
    awake.forEach(Node::start);
    time.runDue();
  }

  NodeSchedule scheduleFor(NodeId node) {
    plan.messages.forEach(message -> campaigns.put(message.object().name(), message.campaign()));
    List<Campaign> ends =
        plan.campaigns.entrySet().stream()
            .map(entry -> new Campaign(entry.getKey(), entry.getValue()))
            .toList();
    return new NodeSchedule(
        SITE,
        node,
        ++revision,
        time.now(),
        time.now().plus(validFor),
        false,
        false,
        plan.contact,
        List.copyOf(named),
        List.copyOf(heard),
        ends,
        plan.messages);
  }

  List<String> breaches() {
    return nodes.values().stream()
        .flatMap(node -> node.radios.stream())
        .flatMap(radio -> radio.breaches.stream())
        .toList();
  }

  /** Every rule that holds across the site, for every phone there was. */
  List<String> broken() {
    List<String> broken = new ArrayList<>(breaches());
    for (FakePhone phone : phones) {
      List<String> objects = phone.promptedFor();
      if (new HashSet<>(objects).size() < objects.size()) {
        broken.add("asked twice: " + phone.prompts);
      }
      Map<LocalDate, Integer> nights = new HashMap<>();
      phone.prompts.forEach(prompt -> nights.merge(night(prompt.at()), 1, Integer::sum));
      if (nights.values().stream().anyMatch(count -> count > plan.contact.offersPerNight())) {
        broken.add("over its budget: " + phone.prompts);
      }
      for (FakePhone.Prompt refused : phone.refusals) {
        phone.prompts.stream()
            .filter(prompt -> campaign(prompt).equals(campaign(refused)))
            .filter(prompt -> prompt.at().isAfter(refused.at()))
            .forEach(prompt -> broken.add("after its refusal of " + refused + ": " + prompt));
      }
    }
    return broken;
  }

  private CampaignId campaign(FakePhone.Prompt prompt) {
    return campaigns.get(prompt.object());
  }

  private static LocalDate night(Instant at) {
    return at.atZone(Square.LONDON).minusHours(12).toLocalDate();
  }

  /** As add-node would write it now. */
  private SiteSeed seed() {
    byte[] key = new byte[SiteSeed.KEY_BYTES];
    Arrays.fill(key, (byte) 7);
    return new SiteSeed(SITE, LocalDate.of(2026, 11, 26), key, key);
  }

  /** Something to break things with. */
  static Fate unreliable(Random random) {
    return (to, note) -> {
      List<Duration> times = new ArrayList<>();
      for (int i = random.nextInt(10) == 0 ? 2 : 1; i > 0; i--) {
        if (random.nextInt(8) > 0) {
          times.add(
              Duration.ofMillis(
                  random.nextInt(10) == 0 ? random.nextInt(40_000) : 5 + random.nextInt(800)));
        }
      }
      return times;
    };
  }

  @Override
  public void close() {
    nodes.values().stream().filter(node -> node.alive).forEach(node -> node.store.close());
  }
}
