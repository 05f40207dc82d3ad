/** What every town is put together from: a console, nodes and their files, in this process. */
@NullMarked
package org.towncrier.town.stage;

import org.jspecify.annotations.NullMarked;
