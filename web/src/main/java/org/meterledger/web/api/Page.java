package org.meterledger.web.api;

import java.util.List;

/**
 * A part of a list.
 *
 * @param first number of the first item here, from 0
 * @param max items asked for
 * @param total items of the whole list
 */
public record Page<T>(int first, int max, long total, List<T> items) {}
