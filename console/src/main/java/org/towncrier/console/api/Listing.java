package org.towncrier.console.api;

import java.util.List;

/**
 * One page of a list.
 *
 * @param <T> what is listed
 */
@Says("One page of a list")
record Listing<T>(
    @Says("What is on this page") List<T> items,
    @Says("Which page this is, from 1") int page,
    @Says("How many a full page has") int size,
    @Says("Whether a page follows") boolean more) {
  /** The most that one page has. */
  static final int MOST = 200;

  /** As {@code @RequestParam} wants it. */
  static final String SIZE = "50";

  Listing {
    items = List.copyOf(items);
  }

  /** A page of all there is. */
  static <T> Listing<T> of(List<T> all, int page, int size) {
    int from = (int) Math.min(all.size(), (page - 1L) * size);
    int to = Math.min(all.size(), from + size);
    return new Listing<>(all.subList(from, to), page, size, to < all.size());
  }

  /** A page that was read with one more than it has, to know whether a page follows. */
  static <T> Listing<T> read(List<T> withOneMore, int page, int size) {
    return new Listing<>(
        withOneMore.subList(0, Math.min(size, withOneMore.size())),
        page,
        size,
        withOneMore.size() > size);
  }
}
