package org.towncrier.town.bench.radio;

import java.util.List;

/**
 * What one sender did in one lap.
 *
 * @param findMs how long it took to find everybody
 * @param pushMs single pushes that arrived, each to a phone it had not met before
 * @param perMinuteOne pushes that arrived a minute, one at a time
 * @param perMinuteSeven the same, seven at once
 * @param failed pushes that did not arrive
 */
record Lap(
    String sender,
    double findMs,
    List<Double> pushMs,
    double perMinuteOne,
    double perMinuteSeven,
    int failed) {}
