package org.towncrier.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SightingTest {
  private static final int TRANSFERS_OBJECTS = 0x5A020C;
  private static final int DOES_NOT = 0x4A020C;

  @Test
  void a_phone_that_lists_nothing_has_to_be_searched() {
    assertThat(seen(TRANSFERS_OBJECTS, null, false).saysNoObjectPush()).isFalse();
  }

  @Test
  void so_has_one_whose_list_may_be_cut_short() {
    assertThat(seen(TRANSFERS_OBJECTS, Set.of(0x110A), false).saysNoObjectPush()).isFalse();
  }

  @Test
  void one_that_lists_all_and_no_object_push_has_said_so() {
    assertThat(seen(TRANSFERS_OBJECTS, Set.of(0x110A), true).saysNoObjectPush()).isTrue();
  }

  @Test
  void one_whose_class_lacks_object_transfer_has_said_so() {
    assertThat(seen(DOES_NOT, null, false).saysNoObjectPush()).isTrue();
  }

  @Test
  void what_is_listed_counts_more_than_the_class() {
    assertThat(seen(DOES_NOT, Set.of(0x1105), true).saysNoObjectPush()).isFalse();
    assertThat(seen(DOES_NOT, Set.of(0x1105), true).listsObjectPush()).isTrue();
  }

  private static Sighting seen(int type, @Nullable Set<Integer> services, boolean all) {
    return new Sighting(
        new BluetoothAddress(0x001BDC000001L),
        type,
        OptionalInt.empty(),
        null,
        services,
        all,
        new AdapterId("hci0"),
        Instant.EPOCH);
  }
}
