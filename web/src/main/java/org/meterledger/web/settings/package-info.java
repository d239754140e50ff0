/**
 * How meters are set, part by part: shown, changed in a form that is made of the description of the
 * part, and told by the API. Imports {@code operation}, {@code driver} and {@code meter}.
 */
package org.meterledger.web.settings;
