package org.towncrier.town.reach;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A flow from phones through stretches of time to slots, sent phone by phone along shortest
 * augmenting paths (Edmonds and Karp). What a phone has sent stays sent: later phones may only move
 * it to other stretches.
 */
final class SlotFlow {
  /** An edge from a phone to a stretch; its flow can be taken back. */
  private static final class Edge {
    final int phone;
    final int stretch;
    final long capacity;
    long flow;

    Edge(int phone, int stretch, long capacity) {
      this.phone = phone;
      this.stretch = stretch;
      this.capacity = capacity;
    }
  }

  private final List<List<Edge>> ofPhone = new ArrayList<>();
  private final List<List<Edge>> ofStretch = new ArrayList<>();
  private final long[] free;

  /**
   * No flow yet.
   *
   * @param capacity what a stretch takes
   */
  SlotFlow(int phones, int stretches, long capacity) {
    for (int i = 0; i < phones; i++) {
      ofPhone.add(new ArrayList<>());
    }
    for (int i = 0; i < stretches; i++) {
      ofStretch.add(new ArrayList<>());
    }
    free = new long[stretches];
    Arrays.fill(free, capacity);
  }

  /** The phone may use the stretch for that long. */
  void connect(int phone, int stretch, long capacity) {
    Edge edge = new Edge(phone, stretch, capacity);
    ofPhone.get(phone).add(edge);
    ofStretch.get(stretch).add(edge);
  }

  /**
   * Sends as much as fits.
   *
   * @return how much of what was asked for
   */
  long send(int phone, long wanted) {
    long sent = 0;
    while (sent < wanted) {
      long more = augment(phone, wanted - sent);
      if (more == 0) {
        break;
      }
      sent += more;
    }
    return sent;
  }

  /** Along the shortest way to a stretch with room; 0 if there is none. */
  private long augment(int start, long most) {
    Edge[] intoStretch = new Edge[ofStretch.size()];
    Edge[] intoPhone = new Edge[ofPhone.size()];
    boolean[] phoneSeen = new boolean[ofPhone.size()];
    Deque<Integer> phones = new ArrayDeque<>();
    phones.add(start);
    phoneSeen[start] = true;
    while (!phones.isEmpty()) {
      for (Edge edge : ofPhone.get(phones.remove())) {
        if (edge.flow == edge.capacity || intoStretch[edge.stretch] != null) {
          continue;
        }
        intoStretch[edge.stretch] = edge;
        if (free[edge.stretch] > 0) {
          return push(start, edge.stretch, most, intoStretch, intoPhone);
        }
        for (Edge back : ofStretch.get(edge.stretch)) {
          if (back.flow > 0 && !phoneSeen[back.phone]) {
            phoneSeen[back.phone] = true;
            intoPhone[back.phone] = back;
            phones.add(back.phone);
          }
        }
      }
    }
    return 0;
  }

  private long push(int start, int stretch, long most, Edge[] intoStretch, Edge[] intoPhone) {
    long amount = Math.min(most, free[stretch]);
    int at = stretch;
    while (true) {
      Edge forth = intoStretch[at];
      amount = Math.min(amount, forth.capacity - forth.flow);
      if (forth.phone == start) {
        break;
      }
      Edge back = intoPhone[forth.phone];
      amount = Math.min(amount, back.flow);
      at = back.stretch;
    }
    free[stretch] -= amount;
    at = stretch;
    while (true) {
      Edge forth = intoStretch[at];
      forth.flow += amount;
      if (forth.phone == start) {
        return amount;
      }
      Edge back = intoPhone[forth.phone];
      back.flow -= amount;
      at = back.stretch;
    }
  }
}
