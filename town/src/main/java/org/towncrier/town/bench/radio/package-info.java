/**
 * The radio's sender beside others, in the radio test rig: {@code towncrier bench radio}. {@code
 * RadioBench} runs on this machine, {@code RadioCourse} in the rig.
 */
@NullMarked
package org.towncrier.town.bench.radio;

import org.jspecify.annotations.NullMarked;
