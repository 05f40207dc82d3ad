/** What is looked at while a message is written: plain sentences, some of which block. */
@NullMarked
package org.towncrier.console.writing;

import org.jspecify.annotations.NullMarked;
