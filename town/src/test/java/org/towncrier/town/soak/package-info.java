@org.jspecify.annotations.NullMarked
package org.towncrier.town.soak;
