package org.towncrier.console.message;

import org.jspecify.annotations.Nullable;

/**
 * What readers need beside the file that phones receive, of a version that a second person
 * approved.
 *
 * @param kind what the file is
 * @param text the words, or what a picture or card shows
 * @param contact for a card
 * @param reworded whether other approved words went out before these
 */
public record ApprovedWords(
    MessageKind kind, String text, @Nullable Contact contact, boolean reworded) {}
