package org.towncrier.console.noticeboard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.towncrier.console.publish.ScheduleChanged;

/**
 * The board as it is now, read every few seconds however many ask, and by one of them at a time: a
 * crowd in the square costs the console as much as one visitor.
 */
@Component
class Boards {
  private static final Logger LOG = LoggerFactory.getLogger(Boards.class);

  /** With what caches keep ({@link Reply#FRESH_SECONDS}), what ended is gone within a minute. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** An older one says nothing about now. */
  private static final Duration USABLE = Duration.ofSeconds(30);

  private final Function<Instant, Board> reader;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Board last;
  private volatile boolean changed;

  @Autowired
  Boards(BoardReader reader, InstantSource clock) {
    this(reader::read, clock);
  }

  Boards(Function<Instant, Board> reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /** The board, or nothing when it can't be read: then nobody may be told what is genuine. */
  Optional<Board> now() {
    Board board = last;
    if (board == null || changed || !isWithin(board, FRESH)) {
      if (board == null) {
        reading.lock();
      } else if (!reading.tryLock()) {
        return usable(board);
      }
      try {
        board = last;
        if (board == null || changed || !isWithin(board, FRESH)) {
          changed = false;
          last = board = reader.apply(clock.instant());
        }
      } catch (RuntimeException failed) {
        changed = true;
        LOG.warn("The notice board can't be read; visitors are told so", failed);
      } finally {
        reading.unlock();
      }
    }
    return usable(board);
  }

  /** Something was approved, cancelled, held or let go: the next visitor's board is read anew. */
  @EventListener
  void on(ScheduleChanged event) {
    changed = true;
  }

  private Optional<Board> usable(@Nullable Board board) {
    return Optional.ofNullable(board).filter(b -> isWithin(b, USABLE));
  }

  /** A clock that was set back makes it as useless as an old one. */
  private boolean isWithin(Board board, Duration age) {
    Instant now = clock.instant();
    return !now.isBefore(board.readAt()) && now.isBefore(board.readAt().plus(age));
  }
}
