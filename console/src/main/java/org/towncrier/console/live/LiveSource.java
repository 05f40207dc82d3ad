package org.towncrier.console.live;

import java.util.Map;
import java.util.function.Supplier;

/**
 * Numbers that open pages follow, by name. Asked once a second while any page is open. A page shows
 * one with {@code data-live="name"}, or looks again at a part of itself, with {@code
 * data-live-part="name"}, whenever it changes.
 */
public interface LiveSource extends Supplier<Map<String, Long>> {}
