/** BlueCove's emulated air made fit for a town, and the emulated phones that live in it. */
@NullMarked
package org.towncrier.hardware.emulator;

import org.jspecify.annotations.NullMarked;
