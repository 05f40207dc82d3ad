package org.towncrier.hardware.bluez;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.BluetoothAddress;
import org.towncrier.hardware.RadioName;

/**
 * Makes an adapter fit to speak to strangers' phones: switched on, with a name that says who asks;
 * neither discoverable nor connectable, so that nobody can call it; and not bondable, so that a
 * phone which insists on pairing gets a key that is forgotten with the link.
 *
 * <p>Nothing of it survives in the adapter, so it is done each time one is opened: after a reboot,
 * a dongle that was pulled, a reset by the kernel. And since another program may change it back
 * ({@code bluetoothd} gives an adapter its own name and class), {@link #uphold} is called while it
 * is in use.
 */
public final class AdapterSetUp {
  /**
   * A computer that serves (major class 1, minor class 2), with the service bit "information":
   * Bluetooth Assigned Numbers, 2.8.
   */
  static final int CLASS = 0x80_01_08;

  private static final byte CLASS_MAJOR = 0x01;
  private static final byte CLASS_MINOR = 0x08;
  private static final byte CLASS_INFORMATION = (byte) 0x80;

  /**
   * Names no service that anybody could use: the kernel takes the service bits of the class from
   * the services it is told of. As the adapter is never discoverable, it is never sent.
   */
  private static final UUID TOWNCRIER = UUID.fromString("a09b02e2-8579-4f21-b0c8-806c9b48c8a8");

  /** No display and no keys: pairing, where a phone insists, asks nobody on our side. */
  private static final byte NO_INPUT_NO_OUTPUT = 3;

  private static final int NAME_FIELD = RadioName.MOST_BYTES + 1;
  private static final int SHORT_NAME_FIELD = 11;

  /** How often what something else changes meanwhile is set again, before giving up. */
  private static final int ROUNDS = 3;

  private final RadioName name;
  private final Opener opener;
  private final Controller controller;

  /** Opens the management channel. */
  interface Opener {
    Management open() throws IOException;
  }

  /** Sets adapters up on this machine. */
  public AdapterSetUp(RadioName name) {
    this(name, Management::open, Controller::overHci);
  }

  AdapterSetUp(RadioName name, Opener opener, Controller controller) {
    this.name = name;
    this.opener = opener;
    this.controller = controller;
  }

  /**
   * An adapter that is set up.
   *
   * @param was how it was before
   * @param is how it is now
   */
  public record Done(AdapterFacts was, AdapterFacts is) {}

  /**
   * How the adapters of this machine are. Needs no rights.
   *
   * @throws IOException if this machine has no Bluetooth, with what to do
   */
  public static List<AdapterFacts> look() throws IOException {
    try (Management management = Management.open()) {
      return look(management);
    }
  }

  static List<AdapterFacts> look(Management management) throws IOException {
    List<AdapterFacts> all = new ArrayList<>();
    for (int index : management.adapters()) {
      all.add(management.read(index));
    }
    return all;
  }

  /**
   * The one of these that the settings mean.
   *
   * @param id the system's name of it, such as hci0, where no address is given
   * @throws IOException if it is not among them, with what to do
   */
  public static AdapterFacts find(
      List<AdapterFacts> all, AdapterId id, @Nullable BluetoothAddress address) throws IOException {
    for (AdapterFacts facts : all) {
      if (address == null
          ? facts.systemName().equals(id.value())
          : facts.address().equals(address)) {
        return facts;
      }
    }
    if (address == null && !id.value().matches("hci\\d+")) {
      throw new IOException(
          "%s is not the system's name of an adapter: give its address, or call it hci0"
              .formatted(id));
    }
    String there =
        all.isEmpty()
            ? "there is none at all: plug it in, and look at dmesg for what the kernel says of it"
            : "there is "
                + all.stream().map(AdapterFacts::systemName).collect(Collectors.joining(", "))
                + ": plug it in, or mend radio.adapters";
    throw new IOException(
        address == null
            ? "There is no adapter %s; %s".formatted(id, there)
            : "No adapter has the address that %s was given; %s".formatted(id, there));
  }

  /**
   * Sets an adapter up, from being switched off, so that it begins with nothing left over: no link,
   * no name of before.
   *
   * @throws IOException if it can't be, with what to do: then it must not be used
   */
  public Done apply(AdapterId id, @Nullable BluetoothAddress address) throws IOException {
    try (Management management = opener.open()) {
      AdapterFacts was = find(look(management), id, address);
      mustBeAbleTo(was);
      int index = was.index();
      if (was.current().contains(AdapterMode.POWERED)) {
        set(management, ManagementCommand.SET_POWERED, index, false);
      }
      if (!was.current().contains(AdapterMode.CLASSIC)) {
        set(management, ManagementCommand.SET_CLASSIC, index, true);
      }
      arrange(management, index);
      set(management, ManagementCommand.SET_POWERED, index, true);
      AdapterFacts is = insist(management, index);
      if (!controllerAgrees(index)) {
        throw new IOException(
            "%s does not take the name it is given: use another adapter"
                .formatted(is.systemName()));
      }
      return new Done(was, is);
    }
  }

  /**
   * Sees to it that an adapter in use still is as it was set up.
   *
   * @return what had been changed and is set again; empty as a rule
   * @throws IOException if it is gone, switched off, or can't be set again
   */
  public Set<Trait> uphold(AdapterId id, @Nullable BluetoothAddress address) throws IOException {
    try (Management management = opener.open()) {
      AdapterFacts is = find(look(management), id, address);
      Set<Trait> missing = Trait.missing(name, is);
      if (missing.contains(Trait.POWERED)) {
        throw new IOException(
            is.systemName() + " was switched off by something else on this machine");
      }
      if (missing.isEmpty()) {
        // Nobody can ask what it is; an agent of bluetoothd's may have changed it.
        management.ask(ManagementCommand.SET_IO_CAPABILITY, is.index(), NO_INPUT_NO_OUTPUT);
        if (!controllerAgrees(is.index())) {
          throw new IOException(
              is.systemName()
                  + " was reset by something else on this machine, and forgot its name");
        }
        return missing;
      }
      arrange(management, is.index());
      insist(management, is.index());
      return missing;
    }
  }

  /** Whether phones are told what the kernel believes. */
  private boolean controllerAgrees(int index) throws IOException {
    try {
      Controller.Told told = controller.ask(index);
      return told.name().equals(name.value()) && told.classOfDevice() == CLASS;
    } catch (SocketTimeoutException busy) {
      return true; // Whether it works at all is asked elsewhere.
    }
  }

  private static void mustBeAbleTo(AdapterFacts facts) throws IOException {
    for (AdapterMode needed : EnumSet.of(AdapterMode.CLASSIC, AdapterMode.SECURE_SIMPLE_PAIRING)) {
      if (!facts.supported().contains(needed)) {
        throw new IOException(
            "%s can't do %s: use an adapter of Bluetooth 2.1 or newer that does classic Bluetooth"
                .formatted(
                    facts.systemName(),
                    needed == AdapterMode.CLASSIC ? Trait.CLASSIC : Trait.SECURE_SIMPLE_PAIRING));
      }
    }
  }

  /** Everything that can be set whether it is on or off. */
  private void arrange(Management management, int index) throws IOException {
    // Not connectable includes not discoverable.
    set(management, ManagementCommand.SET_CONNECTABLE, index, false);
    set(management, ManagementCommand.SET_BONDABLE, index, false);
    set(management, ManagementCommand.SET_LINK_SECURITY, index, false);
    set(management, ManagementCommand.SET_SECURE_SIMPLE_PAIRING, index, true);
    management.ask(ManagementCommand.SET_IO_CAPABILITY, index, NO_INPUT_NO_OUTPUT);
    // No debug keys, and none of any phone: what was learnt before is forgotten.
    management.ask(ManagementCommand.LOAD_LINK_KEYS, index, (byte) 0, (byte) 0, (byte) 0);
    management.ask(ManagementCommand.SET_NAME, index, nameFields());
    // All services that others announced, then ours: they make the service bits of the class.
    management.ask(ManagementCommand.REMOVE_SERVICE, index, new byte[16]);
    management.ask(ManagementCommand.ADD_SERVICE, index, serviceFields());
    management.ask(ManagementCommand.SET_CLASS, index, CLASS_MAJOR, CLASS_MINOR);
  }

  private AdapterFacts insist(Management management, int index) throws IOException {
    AdapterFacts is = management.read(index);
    for (int round = 1; !Trait.missing(name, is).isEmpty(); round++) {
      if (round == ROUNDS) {
        throw new IOException(
            "%s can't be set up: %s would not stay; stop what else uses it (sudo systemctl mask"
                    .formatted(is.systemName(), listed(Trait.missing(name, is)))
                + " --now bluetooth.service)");
      }
      arrange(management, index);
      is = management.read(index);
    }
    return is;
  }

  /** In words, one after the other. */
  public static String listed(Set<Trait> traits) {
    return traits.stream().map(Trait::toString).collect(Collectors.joining(", "));
  }

  private static void set(Management management, ManagementCommand command, int index, boolean on)
      throws IOException {
    management.ask(command, index, (byte) (on ? 1 : 0));
  }

  private byte[] nameFields() {
    return ByteBuffer.allocate(NAME_FIELD + SHORT_NAME_FIELD)
        .put(name.value().getBytes(StandardCharsets.UTF_8))
        .position(NAME_FIELD)
        .put(name.shortenedTo(SHORT_NAME_FIELD - 1).getBytes(StandardCharsets.UTF_8))
        .array();
  }

  private static byte[] serviceFields() {
    return ByteBuffer.allocate(17)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(TOWNCRIER.getLeastSignificantBits())
        .putLong(TOWNCRIER.getMostSignificantBits())
        .put(CLASS_INFORMATION)
        .array();
  }
}
