/** The whole road at once: real console, real broker, real broadcasters, real OBEX. */
package org.towncrier.town.whole;
