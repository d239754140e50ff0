/**
 * Who is asking: sign-in of people by form and session, of programs by bearer token, and what every
 * answer tells a browser to keep to.
 */
package org.meterledger.web.security;
