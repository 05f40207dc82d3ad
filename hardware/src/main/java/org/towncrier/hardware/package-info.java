/**
 * The radio: looking for phones and offering them an object, with everything Bluetooth hidden
 * behind {@link org.towncrier.hardware.Radio}.
 */
@NullMarked
package org.towncrier.hardware;

import org.jspecify.annotations.NullMarked;
