/** Streets in virtual time, the policies that work them, and the bound on all of them. */
package org.towncrier.town.reach;
