/**
 * Runs before the server: says in plain sentences what is wrong with the environment, and waits for
 * the database. The server itself would come up without its application and stay so.
 */
package org.meterledger.launcher;
