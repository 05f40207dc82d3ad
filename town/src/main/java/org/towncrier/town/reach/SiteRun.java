package org.towncrier.town.reach;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.towncrier.broadcaster.loop.VirtualEventLoop;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.OfferResult;
import org.towncrier.protocol.NodeId;
import org.towncrier.town.air.OfferWitness;
import org.towncrier.town.air.SimulatedPhone;
import org.towncrier.town.air.SimulatedRadio;
import org.towncrier.town.air.VirtualAir;

/**
 * One evening of a street with a node at each end, in virtual time. Some people come past one of
 * the two only, some past both. The nodes do not hear each other's radio.
 */
final class SiteRun implements OfferWitness {
  private static final List<NodeId> NODES = List.of(new NodeId("east"), new NodeId("west"));

  /** Before the evening begins: long enough for nodes to agree whose phones are whose. */
  private static final Duration EARLIER = Duration.ofMinutes(10);

  /** From one node to the other by way of a broker. */
  private static final Duration ON_THE_WAY = Duration.ofMillis(50);

  /** How the two nodes stand to each other. */
  enum Standing {
    /** They give each other phones. */
    CONNECTED,
    /** No word goes between them all evening: each asks its own share. */
    CUT_OFF,
    /** There is no second node; the first one's site has no other. */
    ALONE
  }

  private final StreetModel model;
  private final Evening evening;
  private final VirtualEventLoop loop;
  private final List<End> ends = new ArrayList<>();
  private final List<SimulatedPhone> phones = new ArrayList<>();
  private final Set<BluetoothAddress> beingAsked = new HashSet<>();

  /** One end of the street and the node there. */
  private final class End {
    final VirtualAir air;
    final SimulatedRadio radio;
    final VirtualNode node;

    End(NodeId name, List<NodeId> site, int adapters, boolean connected) {
      air = new VirtualAir(loop, model.air(), evening.seed() * 2 + ends.size());
      radio =
          new SimulatedRadio(
              air,
              IntStream.range(0, adapters).mapToObj(i -> new AdapterId("hci" + i)).toList(),
              SiteRun.this);
      node = new VirtualNode(loop, radio, name, note -> carry(this, note));
      node.apply(EnginePolicy.schedule(name, site, loop.now(), StreetRun.object(model)));
      if (connected) {
        loop.execute(() -> node.others().connected());
      }
    }
  }

  /**
   * What an evening came to.
   *
   * @param willing phones whose owner would accept if asked in time, at either end
   * @param reached of these, those that have the message
   * @param twice phones that were prompted more than once, which no rule allows
   */
  record Reached(int willing, int reached, int twice) {}

  private SiteRun(StreetModel model, Evening evening, int adapters, Standing standing) {
    this.model = model;
    this.evening = evening;
    this.loop = new VirtualEventLoop(evening.from().minus(EARLIER));
    List<NodeId> site = standing == Standing.ALONE ? NODES.subList(0, 1) : NODES;
    for (NodeId name : site) {
      ends.add(new End(name, site, adapters, standing == Standing.CONNECTED));
    }
  }

  /**
   * Lets the evening pass.
   *
   * @param both share of people who are in range of both nodes; of the others half are in range of
   *     each
   */
  static Reached of(
      StreetModel model, Evening evening, int adapters, double both, Standing standing) {
    SiteRun run = new SiteRun(model, evening, adapters, standing);
    // The same place for each passer, whatever the standing.
    Random places = new Random(evening.seed());
    for (Passer passer : evening.passers()) {
      boolean atBoth = places.nextDouble() < both;
      int at = places.nextInt(2);
      for (int end = 0; end < run.ends.size(); end++) {
        if (atBoth || at == end) {
          VirtualAir air = run.ends.get(end).air;
          run.loop.at(passer.comes(), () -> run.comes(passer, air));
        }
      }
    }
    return run.run();
  }

  private Reached run() {
    try {
      loop.advanceTo(evening.until());
      return count();
    } finally {
      // Until the last has stopped they may still speak to each other.
      ends.forEach(end -> end.node.stop());
      for (End end : ends) {
        end.node.close();
        end.radio.close();
      }
    }
  }

  private void comes(Passer passer, VirtualAir air) {
    SimulatedPhone phone = air.appear(passer.traits(), passer.leaves());
    phones.add(phone);
    loop.at(passer.visibleFrom(), () -> phone.discoverable(true));
    loop.at(passer.visibleUntil(), () -> phone.discoverable(false));
    loop.at(passer.leaves(), phone::leave);
  }

  private void carry(End from, byte[] note) {
    loop.after(
        ON_THE_WAY,
        () ->
            ends.stream()
                .filter(end -> end != from)
                .forEach(end -> end.node.others().receive(note)));
  }

  @Override
  public void began(BluetoothAddress phone, Instant at) {
    if (!beingAsked.add(phone)) {
      throw new IllegalStateException("Two nodes hold a link to one phone");
    }
  }

  @Override
  public void ended(BluetoothAddress phone, OfferResult result, Instant at) {
    beingAsked.remove(phone);
  }

  private Reached count() {
    Set<BluetoothAddress> received = new HashSet<>();
    Set<BluetoothAddress> prompted = new HashSet<>();
    Set<BluetoothAddress> twice = new HashSet<>();
    for (SimulatedPhone phone : phones) {
      if (!phone.receipts().isEmpty()) {
        received.add(phone.address());
      }
      if (phone.prompts().size() > 1
          || (!phone.prompts().isEmpty() && !prompted.add(phone.address()))) {
        twice.add(phone.address());
      }
    }
    List<Passer> willing = evening.willing();
    int reached =
        (int) willing.stream().filter(passer -> received.contains(passer.address())).count();
    return new Reached(willing.size(), reached, twice.size());
  }
}
