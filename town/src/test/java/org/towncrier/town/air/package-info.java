/** The simulated radio, held to the contract of radios and to the published inquiry times. */
package org.towncrier.town.air;
