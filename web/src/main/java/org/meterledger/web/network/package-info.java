/** Networks and gateways, for people and programs. */
package org.meterledger.web.network;
