/** From approved messages to signed schedules at the nodes. */
@NullMarked
package org.towncrier.console.publish;

import org.jspecify.annotations.NullMarked;
