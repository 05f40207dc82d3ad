/** The short path of an urgent message: one author, one approver, both told what it will do. */
@NullMarked
package org.towncrier.console.urgent;

import org.jspecify.annotations.NullMarked;
