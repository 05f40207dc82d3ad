/**
 * The MQTT connection that console and node use alike: what it took to lose nothing over brokers
 * that are killed, silent or unwilling, written once.
 */
@NullMarked
package org.towncrier.protocol.mqtt;

import org.jspecify.annotations.NullMarked;
