package io.taxoscope.store;

import io.taxoscope.common.ErrorCode;

/**
 * One file that is not what its hash says.
 *
 * @param file name in its folder
 * @param code such as SHARD_MISSING
 */
public record Damage(String file, ErrorCode code, String detail) {}
