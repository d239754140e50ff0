/** What the application server gives: clock, node name, database. Imports no feature. */
package org.meterledger.server;
