/** Who may do what with which meters: roles, grants, and the one place where both are asked. */
package org.meterledger.access;
