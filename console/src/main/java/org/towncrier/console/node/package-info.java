/** Sites and nodes: what they are told to be, and what they say they are. */
@NullMarked
package org.towncrier.console.node;

import org.jspecify.annotations.NullMarked;
