package org.towncrier.hardware.bluez;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.towncrier.hardware.BluetoothAddress;

class DeviceInquiryTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int EVERYBODY = 0x9E8B33;
  private static final HciEvent BEGUN =
      new HciEvent.CommandStatus(HciCommand.INQUIRY, HciStatus.OK);
  private static final HciEvent BUSY =
      new HciEvent.CommandStatus(HciCommand.INQUIRY, HciStatus.DISALLOWED);
  private static final HciEvent CANCELLED_BY_THE_KERNEL =
      new HciEvent.CommandComplete(HciCommand.INQUIRY_CANCEL, HciStatus.OK, new byte[0]);
  private static final HciEvent CONNECTED = new HciEvent.ConnectionComplete(0);
  private static final HciEvent NOBODY_THERE =
      new HciEvent.ConnectionComplete(HciStatus.PAGE_TIMEOUT);

  private final SocketGroup sockets = new SocketGroup();
  private final AtomicReference<DeviceInquiry> current = new AtomicReference<>();
  private final ScriptedController controller = new ScriptedController();
  private final List<InquiryResponse> found = new ArrayList<>();
  private int begun;

  @Test
  void it_looks_with_extended_responses_and_tells_of_each_answer() throws Exception {
    controller.says(BEGUN, phones(1), phones(2, 3));

    assertThat(cancelledAfter(3)).isFalse();

    assertThat(found)
        .extracting(InquiryResponse::address)
        .containsExactly(address(1), address(2), address(3));
    assertThat(begun).isEqualTo(1);
    assertThat(controller.told)
        .containsExactly(
            HciCommand.READ_INQUIRY_MODE, HciCommand.INQUIRY, HciCommand.INQUIRY_CANCEL);
    assertThat(controller.open).isFalse();
    assertThat(current.get()).isNull();
  }

  @Test
  void more_than_twenty_phones_are_found() throws Exception {
    controller.says(BEGUN);
    IntStream.range(0, 300).forEach(i -> controller.says(phones(i)));

    cancelledAfter(300);

    assertThat(found).hasSize(300);
  }

  @Test
  void a_controller_set_to_plain_answers_is_set_to_extended_ones() throws Exception {
    controller.mode = 0;
    controller.says(BEGUN, phones(1));

    cancelledAfter(1);

    assertThat(controller.told).contains(HciCommand.WRITE_INQUIRY_MODE);
    assertThat(controller.mode).isEqualTo(2);
  }

  @Test
  void an_old_controller_looks_as_well_as_it_can() throws Exception {
    controller.mode = 0;
    controller.best = 0;
    controller.says(BEGUN, phones(1));

    cancelledAfter(1);

    assertThat(found).hasSize(1);
  }

  @Test
  void when_the_kernel_cancels_it_for_a_connection_it_waits_and_goes_on() throws Exception {
    controller.says(
        BEGUN, phones(1), CANCELLED_BY_THE_KERNEL, CONNECTED, BEGUN, phones(2), NOBODY_THERE);
    controller.says(phones(3));

    cancelledAfter(3);

    assertThat(found).hasSize(3);
    assertThat(controller.told)
        .containsExactly(
            HciCommand.READ_INQUIRY_MODE,
            HciCommand.INQUIRY,
            HciCommand.INQUIRY,
            HciCommand.INQUIRY_CANCEL);
  }

  @Test
  void a_connection_that_fails_lets_it_go_on_too() throws Exception {
    controller.says(BEGUN, CANCELLED_BY_THE_KERNEL, NOBODY_THERE, BEGUN, phones(1));

    cancelledAfter(1);

    assertThat(found).hasSize(1);
  }

  @Test
  void the_cancellation_of_an_earlier_look_is_not_taken_for_the_kernels() throws Exception {
    controller.says(CANCELLED_BY_THE_KERNEL, BEGUN, phones(1));

    cancelledAfter(1);

    assertThat(controller.told).containsOnlyOnce(HciCommand.INQUIRY);
  }

  @Test
  void a_busy_controller_is_asked_again_when_its_connection_is_made() throws Exception {
    controller.says(BUSY, CONNECTED, BUSY, NOBODY_THERE, BEGUN, phones(1));

    cancelledAfter(1);

    assertThat(found).hasSize(1);
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void when_its_length_ends_before_the_look_does_it_begins_anew() throws Exception {
    controller.says(BEGUN, phones(1), new HciEvent.InquiryComplete(0), BEGUN, phones(2));

    cancelledAfter(2);

    assertThat(found).hasSize(2);
  }

  @Test
  void it_runs_its_length_and_stops_the_controller() throws Exception {
    controller.says(BEGUN, phones(1));

    assertThat(look(Duration.ofMillis(20), response -> {}).run()).isTrue();

    assertThat(controller.told).endsWith(HciCommand.INQUIRY_CANCEL);
  }

  @Test
  void a_controller_that_is_busy_all_the_time_fails_the_look_and_names_the_suspect() {
    controller.says(BUSY);
    controller.alwaysBusy = true;

    assertThatThrownBy(() -> look(Duration.ofMillis(20), response -> {}).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another program");
  }

  @Test
  void a_controller_that_refuses_fails_the_look() {
    controller.says(new HciEvent.CommandStatus(HciCommand.INQUIRY, 0x03));

    assertThatThrownBy(() -> look(LONG, response -> {}).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hardware failed");
    assertThat(begun).isZero();
    assertThat(controller.open).isFalse();
  }

  @Test
  void an_adapter_that_is_pulled_out_fails_the_look() {
    controller.says(BEGUN);
    controller.pulledOut = true;

    assertThatThrownBy(() -> look(LONG, response -> {}).run())
        .isInstanceOf(ErrnoException.class)
        .hasMessageContaining("no such adapter");
    assertThat(current.get()).isNull();
  }

  @Test
  void one_that_is_cancelled_before_it_begins_never_begins() throws Exception {
    DeviceInquiry inquiry = look(LONG, response -> {});

    inquiry.cancel();

    assertThat(inquiry.run()).isFalse();
    assertThat(controller.told).isEmpty();
  }

  @Test
  void two_are_never_under_way_at_once() throws Exception {
    controller.says(BEGUN, phones(1));
    AtomicReference<Throwable> second = new AtomicReference<>();
    DeviceInquiry[] first = new DeviceInquiry[1];
    first[0] =
        look(
            LONG,
            response -> {
              try {
                look(LONG, another -> {}).run();
              } catch (IOException | RuntimeException e) {
                second.set(e);
              }
              cancel(first[0]);
            });

    first[0].run();

    assertThat(second.get()).isInstanceOf(IllegalStateException.class);
    assertThat(controller.told).containsOnlyOnce(HciCommand.INQUIRY);
  }

  /** Runs it, and cancels it from its own listener after so many answers. */
  private boolean cancelledAfter(int answers) throws IOException {
    DeviceInquiry[] self = new DeviceInquiry[1];
    self[0] =
        look(
            LONG,
            response -> {
              found.add(response);
              if (found.size() == answers) {
                cancel(self[0]);
              }
            });
    return self[0].run();
  }

  private DeviceInquiry look(Duration length, Consumer<InquiryResponse> onFound)
      throws IOException {
    return new DeviceInquiry(
        sockets.part(),
        part -> {
          if (part.closed()) {
            throw new AsynchronousCloseException();
          }
          return controller;
        },
        EVERYBODY,
        length,
        () -> begun++,
        onFound,
        current);
  }

  private static void cancel(DeviceInquiry inquiry) {
    try {
      inquiry.cancel();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HciEvent phones(int... numbers) {
    return new HciEvent.Found(
        IntStream.of(numbers)
            .mapToObj(
                n ->
                    new InquiryResponse(
                        address(n), 0x5A020C, OptionalInt.empty(), null, null, false))
            .toList());
  }

  private static BluetoothAddress address(int n) {
    return new BluetoothAddress(0x001B_DC00_0000L + n);
  }

  /** A controller that tells what it was told to, and then nothing. */
  private final class ScriptedController implements Hci {
    private final Deque<HciEvent> script = new ArrayDeque<>();
    private final Deque<HciEvent> answers = new ArrayDeque<>();
    private final List<Integer> told = new ArrayList<>();
    private int mode = 2;
    private int best = 2;
    private boolean alwaysBusy;
    private boolean pulledOut;
    private boolean open = true;

    void says(HciEvent... events) {
      script.addAll(List.of(events));
    }

    @Override
    public void send(HciCommand command) {
      told.add(command.opcode());
      if (command.opcode() == HciCommand.READ_INQUIRY_MODE) {
        answers.add(new HciEvent.CommandComplete(command.opcode(), 0, new byte[] {(byte) mode}));
      } else if (command.opcode() == HciCommand.WRITE_INQUIRY_MODE) {
        int wanted = command.parameters()[0];
        boolean can = wanted <= best;
        mode = can ? wanted : mode;
        answers.add(new HciEvent.CommandComplete(command.opcode(), can ? 0 : 0x12, new byte[0]));
      } else if (command.opcode() == HciCommand.INQUIRY && alwaysBusy) {
        script.add(BUSY);
      }
    }

    @Override
    public HciEvent next(Deadline deadline) throws IOException {
      if (!answers.isEmpty()) {
        return answers.remove();
      }
      if (sockets.closed() || current.get() == null) {
        throw new AsynchronousCloseException();
      }
      if (!script.isEmpty()) {
        return script.remove();
      }
      if (pulledOut) {
        throw new ErrnoException("hear the adapter", Errno.ENODEV.number());
      }
      if (!told.contains(HciCommand.INQUIRY_CANCEL)) {
        throw new SocketTimeoutException("Nothing is said any more");
      }
      throw new AsynchronousCloseException(); // whoever cancels has closed the socket
    }

    @Override
    public Deadline answer() {
      return Deadline.NEVER;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
