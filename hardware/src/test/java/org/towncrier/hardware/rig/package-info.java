/**
 * The ring of tests on a real Linux Bluetooth stack: {@link org.towncrier.hardware.rig.Rig} boots
 * the virtual machine of {@code hardware/rig}, runs suites marked {@link
 * org.towncrier.hardware.rig.Guest} in it and tells of each of their tests; {@link
 * org.towncrier.hardware.rig.Air} is how such a suite commands the phones around it.
 */
@NullMarked
package org.towncrier.hardware.rig;

import org.jspecify.annotations.NullMarked;
