package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.AdapterId;
import org.towncrier.hardware.RadioName;
import org.towncrier.hardware.rig.Air;
import org.towncrier.hardware.rig.Guest;

/**
 * The set-up of an adapter on a real kernel, with bluetoothd beside it, by the service's rights.
 */
@Guest(controllers = 4, adapters = 2)
class SetUpOnRig {
  private static final AdapterId ADAPTER = new AdapterId("hci0");
  private static final RadioName NAME = new RadioName("Safer Coalville");
  private static final int PHONE = 2;
  private static final int CHANNEL = 9;
  private static final Duration GENEROUS = Duration.ofSeconds(30);

  /** Events of the management channel ({@code doc/mgmt-api.txt}). */
  private static final int NEW_LINK_KEY = 0x0009;

  private static final int DEVICE_CONNECTED = 0x000B;

  private final AdapterSetUp setUp = new AdapterSetUp(NAME);
  private Air air;

  @BeforeEach
  void connect() throws IOException {
    air = new Air();
  }

  @AfterEach
  void disconnect() throws Exception {
    air.set(PHONE, "absent");
    air.close();
  }

  @Test
  void an_adapter_speaks_as_it_is_told_and_nobody_finds_calls_or_bonds_with_it() throws Exception {
    AdapterSetUp.Done done = apply();

    assertThat(Trait.missing(NAME, done.is())).isEmpty();
    assertThat(Controller.overHci(done.is().index()))
        .isEqualTo(new Controller.Told("Safer Coalville", 0x800108));
    try (SocketGroup sockets = new SocketGroup();
        HciSocket hci = HciSocket.open(sockets, done.is().index())) {
      byte[] scans = hci.ask("ask", HciCommand.plain(HciCommand.READ_SCAN_ENABLE));
      assertThat(scans[0]).as("answers neither inquiries nor pages").isZero();
    }
  }

  @Test
  void a_phone_that_is_called_is_told_who_calls() throws Exception {
    air.set(PHONE, "accept");
    int adapter = apply().is().index();
    int phone = index(PHONE);
    try (Events events = new Events();
        Management other = Management.open();
        BluetoothSocket link = connect(LinkSecurity.LOW);
        SocketGroup sockets = new SocketGroup();
        HciSocket hci = HciSocket.open(sockets, phone, HciEvent.REMOTE_NAME_COMPLETE)) {
      // address (7 bytes), flags (4), length (2), then fields: length, kind, value.
      byte[] told = events.next(DEVICE_CONNECTED, phone);
      assertThat(field(told, 13, 0x0D)).as("the class").containsExactly(0x08, 0x01, 0x80);
      assertThat(link.available()).isZero();
      // Over a link a phone may ask for the name whether its caller answers pages or not; the
      // emulated controller wants it to.
      other.ask(ManagementCommand.SET_CONNECTABLE, adapter, (byte) 1);
      assertThat(RemoteName.ask(hci, Air.address(0), Deadline.in(GENEROUS)))
          .isEqualTo(NAME.value());
    }
  }

  @Test
  void a_phone_that_insists_on_pairing_gets_a_key_that_nobody_keeps() throws Exception {
    air.set(PHONE, "accept");
    AdapterSetUp.Done done = apply();
    try (Events events = new Events();
        BluetoothSocket link = connect(LinkSecurity.MEDIUM)) {
      assertThat(link.available()).isZero();
      byte[] key = events.next(NEW_LINK_KEY, done.is().index());
      assertThat(key[0]).as("the hint to store it").isZero();
    }
  }

  @Test
  void an_adapter_that_was_switched_off_is_missed_and_set_up_again() throws Exception {
    int index = apply().is().index();
    try (Management other = Management.open()) {
      other.ask(ManagementCommand.SET_POWERED, index, (byte) 0);
      assertThatThrownBy(this::uphold).hasMessageContaining("switched off");
    }
    assertThat(Trait.missing(NAME, apply().is())).isEmpty();
    assertThat(uphold()).isEmpty();
  }

  @Test
  void what_another_program_changes_is_set_again() throws Exception {
    int index = apply().is().index();
    try (Management other = Management.open()) {
      other.ask(
          ManagementCommand.SET_NAME,
          index,
          "Free Wi-Fi\0".repeat(30).substring(0, 260).getBytes(StandardCharsets.UTF_8));
      other.ask(ManagementCommand.SET_CONNECTABLE, index, (byte) 1);
      other.ask(ManagementCommand.SET_BONDABLE, index, (byte) 1);
      other.ask(ManagementCommand.SET_CLASS, index, (byte) 2, (byte) 0x0C);
      assertThat(other.read(index).name()).isEqualTo("Free Wi-Fi");
    }
    assertThat(uphold())
        .isEqualTo(Set.of(Trait.NAME, Trait.NOT_CONNECTABLE, Trait.NOT_BONDABLE, Trait.CLASS));
    assertThat(uphold()).isEmpty();
    assertThat(Controller.overHci(index).name()).isEqualTo(NAME.value());
  }

  @Test
  void a_dongle_that_was_pulled_and_put_back_is_set_up_again_wherever_it_comes_back()
      throws Exception {
    apply();
    air.command("unplug 0");
    assertThatThrownBy(this::uphold).hasMessageContaining("No adapter has the address");
    air.command("plug 0");
    assertThat(Trait.missing(NAME, apply().is())).isEmpty();
    assertThat(uphold()).isEmpty();
  }

  @Test
  void adapters_are_looked_at_and_the_other_one_is_left_as_it_was() throws Exception {
    AdapterFacts other = facts(1);
    apply();
    assertThat(facts(1)).isEqualTo(other);
  }

  private AdapterSetUp.Done apply() throws IOException {
    return setUp.apply(ADAPTER, Air.address(0));
  }

  private Set<Trait> uphold() throws IOException {
    return setUp.uphold(ADAPTER, Air.address(0));
  }

  private static AdapterFacts facts(int controller) throws IOException {
    return AdapterSetUp.find(AdapterSetUp.look(), ADAPTER, Air.address(controller));
  }

  private static int index(int controller) throws IOException {
    return facts(controller).index();
  }

  private static BluetoothSocket connect(LinkSecurity security) throws IOException {
    BluetoothSocket socket = BluetoothSocket.rfcomm(Air.address(0));
    socket.setOption(LibC.SOL_BLUETOOTH, LinkSecurity.OPTION, security.option());
    socket.connect(SocketAddress.rfcomm(Air.address(PHONE), CHANNEL), Deadline.in(GENEROUS));
    return socket;
  }

  /** A field of an extended inquiry response. */
  private static byte[] field(byte[] bytes, int from, int kind) {
    for (int at = from; at + 1 < bytes.length; at += 1 + Bytes.unsigned(bytes, at)) {
      if (Bytes.unsigned(bytes, at + 1) == kind) {
        return Arrays.copyOfRange(bytes, at + 2, at + 1 + Bytes.unsigned(bytes, at));
      }
    }
    throw new AssertionError("The phone was not told field " + kind);
  }

  /** What the kernel tells of all controllers, from now on. */
  private static final class Events implements AutoCloseable {
    private final BluetoothSocket socket =
        BluetoothSocket.hci(HciChannel.NO_ADAPTER, HciChannel.CONTROL);
    private final List<Integer> passed = new ArrayList<>();

    Events() throws IOException {}

    byte[] next(int event, int index) throws IOException {
      byte[] buffer = new byte[4096];
      Deadline deadline = Deadline.in(GENEROUS);
      while (true) {
        int length;
        try {
          length = socket.read(buffer, deadline);
        } catch (SocketTimeoutException e) {
          throw new AssertionError("No event " + event + ", only " + passed, e);
        }
        passed.add(Bytes.little16(buffer, 0));
        if (Bytes.little16(buffer, 0) == event && Bytes.little16(buffer, 2) == index) {
          return Arrays.copyOfRange(buffer, 6, length);
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
