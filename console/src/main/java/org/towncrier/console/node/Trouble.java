package org.towncrier.console.node;

/**
 * Something about a node that somebody should look at.
 *
 * @param words what is wrong
 * @param advice what to do about it
 */
public record Trouble(String words, String advice) {}
