package org.towncrier.console.publish;

/** The broker is there, and takes and brings messages; an application event. */
public record LineOpened() {}
