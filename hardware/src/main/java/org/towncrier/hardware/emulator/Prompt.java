package org.towncrier.hardware.emulator;

import java.time.Instant;

/**
 * That a phone asked its owner whether to take an object.
 *
 * @param name as the sender gave it
 * @param type the MIME type the sender gave
 * @param at when
 */
public record Prompt(String name, String type, Instant at) {}
