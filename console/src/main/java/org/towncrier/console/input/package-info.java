/** What is wrong with what a person gave, said by field. */
@NullMarked
package org.towncrier.console.input;

import org.jspecify.annotations.NullMarked;
