/** Who did what, when: added to, never changed. */
@NullMarked
package org.towncrier.console.audit;

import org.jspecify.annotations.NullMarked;
