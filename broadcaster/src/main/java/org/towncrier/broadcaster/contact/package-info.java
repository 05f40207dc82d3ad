/** Who may be asked, and the pseudonyms under which that is remembered. */
@NullMarked
package org.towncrier.broadcaster.contact;

import org.jspecify.annotations.NullMarked;
