/**
 * Tells open pages that something has changed, whichever node it happened on. Only topic and key go
 * over the socket; the page asks for its part anew, as the person who is signed in.
 */
package org.meterledger.web.push;
