package org.towncrier.protocol;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a node really does, as against what it was told.
 *
 * @param boot a new one at each start of the node
 * @param at the node's clock when it said this
 * @param version of the broadcaster
 * @param revision of the schedule it applies; 0 when it has none
 * @param refused the newest schedule it would not apply, if it came after the one it applies
 * @param silentBecause why it offers nothing at all now, worded to follow "The node" (such as "is
 *     on hold"); null when it may offer
 * @param unacknowledgedReports reports made but not yet acknowledged by the console
 * @param phonesNear phones that answered its last looks, about
 * @param command the last command it took, and what came of it; null for none since it started
 * @param waitsFor nodes that have yet to speak before it asks all phones of its share; null (from
 *     an older node) or empty for none
 * @param permittedHours when its own file lets it ask phones; null from an older node
 * @param testPhones how many phones stand on its test list; null from an older node
 */
public record NodeState(
    SiteId site,
    NodeId node,
    UUID boot,
    Instant at,
    String version,
    long revision,
    @Nullable Refusal refused,
    @Nullable String silentBecause,
    boolean hold,
    boolean training,
    List<MessageState> messages,
    Clock clock,
    List<Adapter> adapters,
    Disk disk,
    long unacknowledgedReports,
    int phonesNear,
    @Nullable CommandState command,
    @Nullable List<NodeId> waitsFor,
    @Nullable PermittedHours permittedHours,
    @Nullable Integer testPhones) {

  /** The one reason to be silent that is as it should be, each day. */
  public static final String OUTSIDE_PERMITTED_HOURS = "is outside its permitted hours";

  public NodeState {
    messages = List.copyOf(messages);
    adapters = List.copyOf(adapters);
    waitsFor = waitsFor == null ? null : List.copyOf(waitsFor);
  }

  /** Of a node that took no command, waits for nobody and says nothing of its own file. */
  public NodeState(
      SiteId site,
      NodeId node,
      UUID boot,
      Instant at,
      String version,
      long revision,
      @Nullable Refusal refused,
      @Nullable String silentBecause,
      boolean hold,
      boolean training,
      List<MessageState> messages,
      Clock clock,
      List<Adapter> adapters,
      Disk disk,
      long unacknowledgedReports,
      int phonesNear) {
    this(
        site,
        node,
        boot,
        at,
        version,
        revision,
        refused,
        silentBecause,
        hold,
        training,
        messages,
        clock,
        adapters,
        disk,
        unacknowledgedReports,
        phonesNear,
        null,
        null,
        null,
        null);
  }

  /**
   * The hours in which a node may ask phones.
   *
   * @param start local time at which they begin
   * @param end local time at which they end, on the next day when it is not after the start; the
   *     same as start means all day
   * @param zone where those times are local
   */
  public record PermittedHours(LocalTime start, LocalTime end, ZoneId zone) {
    /** Whether that moment lies within them. */
    public boolean contains(Instant at) {
      return Window.daily(start, end, zone).isOpen(at);
    }
  }

  /**
   * A command, and what came of it.
   *
   * @param detail for the person who gave it; names no phone
   */
  public record CommandState(UUID id, Status status, String detail, Instant at) {
    /** How far it is. */
    public enum Status {
      /** It is being done. */
      UNDER_WAY,
      /** It was done. */
      DONE,
      /** Its time ran out, or it could not be done. */
      NOT_DONE,
      /** It was not obeyed. */
      REFUSED
    }
  }

  /**
   * A schedule that was not applied.
   *
   * @param revision its revision, when it could be read
   * @param reason for the person at the console
   */
  public record Refusal(@Nullable Long revision, String reason, Instant at) {}

  /** One message of the applied schedule. */
  public record MessageState(MessageId id, Status status) {
    /** What the node does with it. */
    public enum Status {
      /** In an open window, and offered. */
      ON_AIR,
      /** In an open window, but the node offers nothing now. */
      SILENT,
      /** Its next window is yet to come. */
      WAITING,
      /** No window of it will open again. */
      ENDED
    }
  }

  /** Whether the node trusts its clock. A node that does not offers nothing. */
  public record Clock(boolean trusted, String detail) {}

  /** A Bluetooth adapter. */
  public record Adapter(String name, Health health, String detail) {
    /** As {@code hardware.AdapterStatus.Health}. */
    public enum Health {
      UP,
      RECOVERING,
      DOWN
    }
  }

  /** Where the node keeps its records. */
  public record Disk(long freeBytes, boolean writable) {}
}
