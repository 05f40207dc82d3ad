/**
 * The MQTT broker within the console: who may connect to it, and who may say and hear what. Nothing
 * outside knows that it is Artemis.
 */
@NullMarked
package org.towncrier.console.broker;

import org.jspecify.annotations.NullMarked;
