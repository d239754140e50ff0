package org.meterledger.server;

/** The name of this application node; written wherever a node did something. */
public record Node(String name) {}
