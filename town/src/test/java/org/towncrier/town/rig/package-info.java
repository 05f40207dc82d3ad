/** The node in the radio rig; see {@code hardware/rig}. */
package org.towncrier.town.rig;
