/**
 * What every {@link org.towncrier.hardware.Radio} must do, as tests. A new implementation writes a
 * {@link org.towncrier.hardware.contract.RadioRig} and extends {@link
 * org.towncrier.hardware.contract.RadioContract}.
 */
@NullMarked
package org.towncrier.hardware.contract;

import org.jspecify.annotations.NullMarked;
